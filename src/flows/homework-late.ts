/** Homework that is written down, changed or taken away after the hour at which it is told: what waits is said anew, the others hear of it by itself. */
import { clocksDiffer, type Instant, wallOf } from '../domain/calendar.ts';
import { canonical } from '../domain/canonical.ts';
import { hearing } from '../domain/hear.ts';
import { type Homework, homeworkFor, saidOnce, withHomework } from '../domain/homework.ts';
import { entryOf, type Notice, sayingKey, withoutHomework } from '../domain/notice.ts';
import { type Planned, plan, type Span, type Wishes, wishesOf } from '../domain/plan.ts';
import { sendAt } from '../domain/quiet.ts';
import { type Dated, datedIn } from '../domain/sitting.ts';
import { QUIET } from '../domain/untold.ts';
import {
  type Db,
  datedLessons,
  enqueue,
  getState,
  homeworkOf,
  listenersOf,
  type Timetable,
  withdraw,
} from '../store/index.ts';
import { lessonsFor } from './due.ts';
import { CURSOR, lookedUntil } from './ready.ts';
import { daysAround } from './told-lessons.ts';

const DAY = 86_400_000;
/** No digest that is under way, nor one that was sent and still helps, speaks of a later day. */
const REACH = 2 * DAY;

type Deed = {
  readonly now: Instant;
  /** The day and subject it is for. */
  readonly lesson: { readonly day: string; readonly subject: string; readonly subgroup: string };
  /** Who saw it done: its author, and the conversation it was done in. */
  readonly present: readonly number[];
  readonly write: () => Promise<unknown>;
};

/** Writes it, and tells those who would have been told earlier; returns how many hear of it by itself. Call in a transaction. */
export async function writeAndTell(tx: Db, timetable: Timetable, deed: Deed): Promise<number> {
  const { id } = timetable;
  const { now, write } = deed;
  const span = { from: now - REACH, to: await lookedUntil(tx, now) };
  const entries = async () => (await homeworkOf(tx, [id], daysAround(span))).get(id) ?? [];
  const before = await entries();
  await write();
  const after = await entries();
  if (canonical(before) === canonical(after)) return 0;
  const lessons = (await datedLessons(tx, [id], lessonsFor(span, false))).get(id) ?? [];
  const mine = homeworkFor(deed.lesson);
  const ahead = lessons.filter(({ startsAt, line }) => {
    const { day, subject } = homeworkFor(line);
    return day === mine.day && subject === mine.subject && startsAt > now;
  });
  if (ahead.length === 0) return 0;
  // A crowd being queued at this moment is planned anew where it was not said yet, so only who has it already hears of it.
  const queued = Number((await getState(tx, CURSOR)) ?? now);
  const facts = { ...deed, timetable, span, lessons, ahead, before, after, queued };
  const peers = await listenersOf(tx, [id]);
  let told = 0;
  for (const some of Map.groupBy(peers, (peer) => canonical(wishesOf(peer))).values()) {
    const [first] = some;
    if (first === undefined) continue;
    const { again, late } = await tellAlike(
      tx,
      wishesOf(first),
      some.map((peer) => peer.id),
      facts,
    );
    const news = late.map((one) => ({ ...one, thread: id }));
    await enqueue(tx, [...again, ...news].map(entryOf), now);
    told += late.reduce((sum, { peers: heard }) => sum + heard.length, 0);
  }
  return told;
}

type Facts = Omit<Deed, 'write'> & {
  readonly timetable: Timetable;
  readonly span: Span;
  readonly lessons: readonly Dated[];
  readonly ahead: readonly Dated[];
  readonly before: readonly Homework[];
  readonly after: readonly Homework[];
  /** What was wanted before is in the outbox. */
  readonly queued: Instant;
};

/** Listeners with equal wishes: digests that wait are `again` what they should be, all others hear `late`, a quiet period later. */
async function tellAlike(
  tx: Db,
  wishes: Wishes,
  peers: readonly number[],
  { now, present, timetable, span, lessons, ahead, before, after, queued }: Facts,
): Promise<{ again: Notice[]; late: Notice[] }> {
  const digests = (entries: readonly Homework[]) => digestsOf(wishes, timetable, withHomework(lessons, entries), span);
  const [old, fresh] = [digests(before), digests(after)];
  const again: Notice[] = [];
  const [told, waits] = [new Set<number>(), new Set<number>()];
  for (const moment of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(moment), fresh.get(moment)];
    if (canonical(was?.saying ?? null) === canonical(is?.saying ?? null)) continue;
    const taken = was === undefined ? null : await withdraw(tx, sayingKey(was.saying), peers, now);
    for (const peer of taken?.withdrawn ?? []) waits.add(peer);
    if (is !== undefined && taken !== null && taken.withdrawn.length > 0)
      again.push({ saying: is.saying, due: is.due, deadline: is.deadline, peers: taken.withdrawn });
    const wanted = (was ?? is)?.wanted ?? now;
    for (const peer of wanted < queued ? peers : (taken?.sent ?? [])) told.add(peer);
  }
  const note = told.size === 0 ? null : noteOf(wishes, timetable, changedOf(ahead, before, after), now);
  if (note === null) return { again, late: [] };
  // Of what was written down a moment ago and is taken away nobody hears.
  const unheard = new Set((await withdraw(tx, sayingKey(note.saying), peers, now)).withdrawn);
  const isGone = note.isGone;
  const late = [...told].filter(
    (peer) => !waits.has(peer) && !present.includes(peer) && !(isGone && unheard.has(peer)),
  );
  const { saying, due, deadline } = note;
  return { again, late: late.length === 0 ? [] : [{ saying, due, deadline, peers: late }] };
}

function digestsOf(
  wishes: Wishes,
  { zone }: Timetable,
  lessons: readonly Dated[],
  span: Span,
): ReadonlyMap<string, Planned> {
  const digestsOnly = { ...wishes, leads: [], firstLead: null, exams: false, meetings: false, week: null };
  return new Map(plan(digestsOnly, zone, lessons, span).map((one) => [`${one.what} ${one.wanted}`, one]));
}

/** The lessons whose homework is another one now, with it. */
function changedOf(lessons: readonly Dated[], before: readonly Homework[], after: readonly Homework[]): Dated[] {
  const old = withHomework(lessons, before);
  return withHomework(lessons, after).filter(({ line }, n) => line.homework !== old[n]?.line.homework);
}

function noteOf(
  wishes: Wishes,
  timetable: Timetable,
  lessons: readonly Dated[],
  now: Instant,
): (Omit<Notice, 'peers'> & { readonly isGone: boolean }) | null {
  const zone = wishes.zone ?? timetable.zone;
  const unheard = hearing(wishes);
  const heard = lessons
    .filter(({ line }) => unheard(line) === null)
    .map((one) => datedIn(one, timetable.zone, zone))
    .toSorted((a, b) => a.startsAt - b.startsAt);
  const [first] = heard;
  if (first === undefined) return null;
  const due = sendAt(wishes.quiet, zone, now + QUIET, first.startsAt);
  const lines = saidOnce(
    heard.map(({ line }) => line),
    withoutHomework,
  );
  const own = clocksDiffer(zone, timetable.zone, now) ? ({ own: true } as const) : {};
  const { day } = wallOf(first.startsAt, zone);
  return {
    saying: { kind: 'homework', language: wishes.language, zone, ...own, day, lessons: lines, late: true },
    isGone: lines.every(({ homework }) => homework === undefined),
    due,
    deadline: first.startsAt,
  };
}
