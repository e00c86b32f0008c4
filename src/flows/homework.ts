/** Homework: an editor writes it down for the next lesson of a subject; whoever looks at the lessons sees it, and it is told with them. */
import { addDays, type Day, wallOf } from '../domain/calendar.ts';
import { hearing, type Taste } from '../domain/hear.ts';
import { assigned, HOMEWORK_LENGTH, homeworkFor, saidOnce } from '../domain/homework.ts';
import { mentioned } from '../domain/mention.ts';
import { type LessonLine, line, withoutHomework } from '../domain/notice.ts';
import { type Occurrence, occurrences } from '../domain/occurrence.ts';
import {
  audit,
  type Db,
  dropHomework,
  getTimetable,
  homeworkOf,
  lessonsOf,
  lockTimetable,
  saveHomework,
  type Timetable,
} from '../store/index.ts';
import { mayWrite } from './editors.ts';
import { writeAndTell } from './homework-late.ts';
import type { World } from './world.ts';

/** So far ahead a lesson is looked for: holidays lie in between. */
const AHEAD_DAYS = 60;
const OFFERED = 5;
/** The longest name of a subject that is looked for at the beginning of a sentence. */
const SUBJECT_WORDS = 6;

/** Which lesson: a subject as the person called it, on a day or (null) the next one they hear of. */
export type Meant = { readonly what: string; readonly day: Day | null; readonly taste: Taste };

export type NoHomework = NoLesson | { readonly ok: false; readonly why: 'not-yours' | 'gone' | 'too-long' | 'none' };

/** No such subject ahead (or on that day), or several: `names` are those there are. */
type NoLesson = { readonly ok: false; readonly why: 'no-lesson' | 'several'; readonly names: readonly string[] };

/** `peer`: the conversation in which it is said. */
type Asked = Meant & { readonly timetableId: number; readonly by: number; readonly peer: number };

/** Writes it down for the lesson meant, instead of what stood there; `late` hear of it by itself, who were told of that day before. Only who may write in the timetable (see `mayWrite`). */
export async function giveHomework(
  world: World,
  { text: said, ...asked }: Asked & { readonly text: string },
): Promise<
  { readonly ok: true; readonly lesson: LessonLine; readonly replaced: boolean; readonly late: number } | NoHomework
> {
  const text = said.replace(/\s+/gu, ' ').trim();
  if (text.length > HOMEWORK_LENGTH) return { ok: false, why: 'too-long' };
  return world.store.transaction(async (tx) => {
    const found = await lessonMeant(tx, world, asked, () => true);
    if (!found.ok) return found;
    const { timetable, lesson, subgroup } = found;
    const target = { ...homeworkFor(lesson), subgroup };
    let replaced = false;
    const late = await writeAndTell(tx, timetable, {
      ...{ now: world.now(), lesson: target, present: [asked.by, asked.peer] },
      async write() {
        replaced = await dropHomework(tx, timetable.id, target);
        await saveHomework(tx, timetable.id, { ...target, text });
      },
    });
    await note(tx, world, asked, lesson);
    return { ok: true, lesson: { ...line(lesson), homework: text }, replaced, late };
  });
}

/**
 * What would be written down by words without a colon, where `text` begins with the subject when `what` is '': the longest
 * beginning that is one. Null where the words are a subject and nothing else, or none: then they ask.
 */
export async function wouldGive(
  world: World,
  { text, ...asked }: Asked & { readonly text: string },
): Promise<{ readonly ok: true; readonly lesson: LessonLine } | NoHomework | null> {
  const { db } = world.store;
  const timetable = await getTimetable(db, asked.timetableId);
  if (timetable === null) return { ok: false, why: 'gone' };
  const ahead = await lessonsAhead(db, world, timetable, asked, () => true);
  const lessonOf = (what: string) => lessonAmong(ahead, timetable, what);
  const meant = asked.what === '' ? begunWith(text.split(' '), lessonOf) : { found: lessonOf(asked.what), text };
  if (meant === null) return null;
  if (!meant.found.ok) return meant.found;
  // «дз физика и история» asks for both.
  const others = lessonOf(meant.text);
  if (others.ok || others.why === 'several') return null;
  if (!(await mayWrite(db, world, timetable, asked.by))) return { ok: false, why: 'not-yours' };
  return { ok: true, lesson: { ...line(meant.found.lesson), homework: meant.text } };
}

/** The lesson that the words begin with, and the rest of them; null where they are all of it, or none. */
function begunWith(
  words: readonly string[],
  lessonOf: (what: string) => Found | NoLesson,
): { readonly found: Found | NoLesson; readonly text: string } | null {
  for (let many = Math.min(words.length, SUBJECT_WORDS); many > 0; many -= 1) {
    const found = lessonOf(words.slice(0, many).join(' '));
    if (!found.ok && found.why !== 'several') continue;
    return many === words.length ? null : { found, text: words.slice(many).join(' ') };
  }
  return null;
}

/** Takes away the nearest one of the subject, or that of a day. */
export async function takeHomework(
  world: World,
  asked: Asked,
): Promise<{ readonly ok: true; readonly lesson: LessonLine } | NoHomework> {
  return world.store.transaction(async (tx) => {
    const days = await daysAhead(tx, world, asked.timetableId);
    const given = assigned(
      days === null ? [] : ((await homeworkOf(tx, [asked.timetableId], days)).get(asked.timetableId) ?? []),
    );
    const found = await lessonMeant(tx, world, asked, (lesson) => given(lesson) !== undefined);
    if (!found.ok) return found.why === 'no-lesson' ? { ok: false, why: 'none' } : found;
    const { timetable, lesson } = found;
    const mine = homeworkFor(lesson);
    await writeAndTell(tx, timetable, {
      ...{ now: world.now(), lesson: mine, present: [asked.by, asked.peer] },
      async write() {
        for (const subgroup of new Set([mine.subgroup, '']))
          await dropHomework(tx, timetable.id, { ...mine, subgroup });
      },
    });
    await note(tx, world, asked, lesson);
    return { ok: true, lesson: line(lesson) };
  });
}

/** What is to be done from today on (or on one day, for one subject), in order of time. */
export async function listHomework(world: World, id: number, { what, day, taste }: Meant): Promise<LessonLine[]> {
  const { db } = world.store;
  const timetable = await getTimetable(db, id);
  const days = await daysAhead(db, world, id);
  if (timetable === null || days === null) return [];
  const range = day === null ? days : { from: day, to: addDays(day, 1) };
  const given = assigned((await homeworkOf(db, [id], range)).get(id) ?? []);
  const lines = (await heardIn(db, timetable, range, taste)).flatMap((one): LessonLine[] => {
    const homework = given(one);
    return homework === undefined || (day === null && one.endsAt <= world.now()) ? [] : [{ ...line(one), homework }];
  });
  const names = subjectsIn(lines, what);
  return saidOnce(
    lines.filter(({ subject }) => names.includes(subject)),
    withoutHomework,
  ).filter(({ homework }) => homework !== undefined);
}

type Found = {
  readonly ok: true;
  readonly timetable: Timetable;
  readonly lesson: Occurrence;
  readonly subgroup: string;
};

async function lessonMeant(
  tx: Db,
  world: World,
  asked: Asked,
  fits: (lesson: Occurrence) => boolean,
): Promise<Found | NoHomework> {
  const timetable = await lockTimetable(tx, asked.timetableId);
  if (timetable === null) return { ok: false, why: 'gone' };
  if (!(await mayWrite(tx, world, timetable, asked.by))) return { ok: false, why: 'not-yours' };
  return lessonAmong(await lessonsAhead(tx, world, timetable, asked, fits), timetable, asked.what);
}

/** What the editor hears of and that fits, of the day or from now on. */
async function lessonsAhead(
  db: Db,
  world: World,
  timetable: Timetable,
  { day, taste }: Omit<Meant, 'what'>,
  fits: (lesson: Occurrence) => boolean,
): Promise<Occurrence[]> {
  const today = wallOf(world.now(), timetable.zone).day;
  const range = day === null ? { from: today, to: addDays(today, AHEAD_DAYS) } : { from: day, to: addDays(day, 1) };
  return (await heardIn(db, timetable, range, taste)).filter(
    (one) => !one.cancelled && (day !== null || one.startsAt > world.now()) && fits(one),
  );
}

/** The first of them called so; where several subgroups have it that day and the editor hears all of them, it is everybody's. */
function lessonAmong(all: readonly Occurrence[], timetable: Timetable, what: string): Found | NoLesson {
  const names = [...new Set(all.map(({ subject }) => subject))];
  const hit = mentioned(what, names);
  if (hit.found === 'none') return { ok: false, why: 'no-lesson', names: names.slice(0, OFFERED) };
  if (hit.found === 'several') return { ok: false, why: 'several', names: hit.names.slice(0, OFFERED) };
  const [lesson, ...more] = all.filter(({ subject }) => subject === hit.name);
  if (lesson === undefined) throw new Error('a name of no lesson was found');
  const sameDay = [lesson, ...more].filter((one) => one.day === lesson.day).map((one) => homeworkFor(one).subgroup);
  return { ok: true, timetable, lesson, subgroup: new Set(sameDay).size > 1 ? '' : (sameDay[0] ?? '') };
}

async function heardIn(
  db: Db,
  timetable: Timetable,
  { from, to }: { readonly from: Day; readonly to: Day },
  taste: Taste,
): Promise<Occurrence[]> {
  const unheard = hearing(taste);
  const lessons = occurrences(await lessonsOf(db, timetable.id, { from, to }), timetable, from, to);
  return lessons.filter((one) => unheard(one) === null);
}

async function daysAhead(db: Db, world: World, id: number): Promise<{ from: Day; to: Day } | null> {
  const timetable = await getTimetable(db, id);
  if (timetable === null) return null;
  const today = wallOf(world.now(), timetable.zone).day;
  return { from: today, to: addDays(today, AHEAD_DAYS) };
}

/** The subjects the words mean; all of them for no words, and where nothing is called so. */
function subjectsIn(lines: readonly LessonLine[], what: string): readonly string[] {
  const names = [...new Set(lines.map(({ subject }) => subject))];
  const hit = what === '' ? null : mentioned(what, names);
  if (hit === null || hit.found === 'none') return names;
  return hit.found === 'one' ? [hit.name] : hit.names;
}

async function note(tx: Db, world: World, { timetableId, by }: Asked, { day, subject }: Occurrence): Promise<void> {
  await audit(tx, { at: world.now(), who: by, what: 'homework', timetableId, detail: { day, subject } });
}
