/** Homework: what an editor wrote down for one lesson. It stands beside the lessons, so that whatever a source says of them leaves it alone. */
import type { Day } from './calendar.ts';
import type { Change } from './diff.ts';
import { nameOfSubgroup } from './hear.ts';
import { fold } from './name.ts';
import type { LessonLine } from './notice.ts';

/** Which lesson it is for: all of a subject on one day; names are folded, `subgroup` '' is everybody's. */
export type HomeworkFor = { readonly day: Day; readonly subject: string; readonly subgroup: string };

/** `text` is one line, as it was written. */
export type Homework = HomeworkFor & { readonly text: string };

/** As much as a phone shows below a lesson without hiding the next one. */
export const HOMEWORK_LENGTH = 300;

type Assignable = Pick<LessonLine, 'day' | 'subject' | 'subgroup' | 'cancelled'>;

/** What names the homework of a lesson. */
export function homeworkFor({ day, subject, subgroup }: Omit<Assignable, 'cancelled'>): HomeworkFor {
  return { day, subject: fold(subject), subgroup: nameOfSubgroup(subgroup) };
}

/** Tells what is to be done for a lesson: what its subgroup was given and what all were; undefined when nothing, or it is off. */
export function assigned(entries: readonly Homework[]): (lesson: Assignable) => string | undefined {
  if (entries.length === 0) return () => undefined;
  const known = new Map(entries.map((one) => [keyOf(one), one.text]));
  return (lesson) => {
    if (lesson.cancelled) return undefined;
    const mine = homeworkFor(lesson);
    const texts = [
      known.get(keyOf(mine)),
      mine.subgroup === '' ? undefined : known.get(keyOf({ ...mine, subgroup: '' })),
    ];
    const said = texts.filter((text) => text !== undefined);
    return said.length === 0 ? undefined : said.join('; ');
  };
}

function keyOf({ day, subject, subgroup }: HomeworkFor): string {
  return JSON.stringify([day, subject, subgroup]);
}

/** The lines with their homework; one without any is the same object. */
export function withHomework<T extends { readonly line: LessonLine }>(
  lessons: readonly T[],
  entries: readonly Homework[],
): T[] {
  const given = assigned(entries);
  return lessons.map((one) => {
    const homework = given(one.line);
    return homework === undefined ? one : { ...one, line: { ...one.line, homework } };
  });
}

/**
 * A lesson and its practice on one day share their homework: it is said with the first of them, with that of each subgroup where
 * none of all comes before; `bare` takes it from a lesson.
 */
export function saidOnce<T extends Pick<LessonLine, 'day' | 'subject' | 'subgroup' | 'homework'>>(
  lessons: readonly T[],
  bare: (lesson: T) => T,
): T[] {
  const said = new Set<string>();
  return lessons.map((lesson) => {
    const { homework } = lesson;
    if (homework === undefined) return lesson;
    const { day, subject, subgroup } = homeworkFor(lesson);
    const key = (whose: string) => JSON.stringify([day, subject, whose, homework]);
    if (said.has(key(subgroup)) || said.has(key(''))) return bare(lesson);
    said.add(key(subgroup));
    return lesson;
  });
}

export type Move = { readonly from: HomeworkFor; readonly to: HomeworkFor };

/**
 * Where homework goes when lessons change: it follows one that moved to another day or got another name or subgroup, unless
 * another lesson of the subject stays (`after` are the lessons of the days that changed).
 */
export function movedHomework(changes: readonly Change[], after: readonly Assignable[]): Move[] {
  const moves = changes.flatMap((change) => {
    if (change.kind !== 'altered' || isNamedAlike(change.before, change.after)) return [];
    const [from, to] = [homeworkFor(change.before), homeworkFor(change.after)];
    return keyOf(from) === keyOf(to) ? [] : [{ from, to }];
  });
  if (moves.length === 0) return [];
  const there = new Set(after.filter(({ cancelled }) => !cancelled).map((one) => keyOf(homeworkFor(one))));
  return moves.filter(({ from }) => !there.has(keyOf(from)));
}

/** Names are folded for thousands of lessons only where they differ at all: mostly it is the room. */
function isNamedAlike(a: Assignable, b: Assignable): boolean {
  return a.day === b.day && a.subject === b.subject && a.subgroup === b.subgroup;
}

/** Homework as it stood before these moves: those who were told of it then were told it with the lesson it was for. */
export function beforeMoves(entries: readonly Homework[], moves: readonly Move[]): Homework[] {
  const back = moves.flatMap(({ from, to }) => {
    const gone = entries.find((one) => keyOf(one) === keyOf(to));
    return gone === undefined ? [] : [{ ...from, text: gone.text }];
  });
  return [...entries, ...back];
}
