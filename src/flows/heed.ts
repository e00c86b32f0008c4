/** A peer's settings change while messages wait for it: what is not wanted any more is taken back, what is wanted is said. */
import type { Instant } from '../domain/calendar.ts';
import { canonical } from '../domain/canonical.ts';
import { beginningOf, besides, heardOf, heeded, isOfWishes } from '../domain/heed.ts';
import { withHomework } from '../domain/homework.ts';
import { entryOf, type Notice, type Saying, sayingKey } from '../domain/notice.ts';
import type { Peer } from '../domain/peer.ts';
import { plan, type Wishes, wishesOf } from '../domain/plan.ts';
import { quietUntil, sendAt } from '../domain/quiet.ts';
import {
  type Db,
  datedLessons,
  enqueue,
  getState,
  getTimetable,
  hasHeard,
  heldSince,
  homeworkOf,
  lessonsOf,
  type Queued,
  queuedFor,
  type Timetable,
  unhold,
  unqueue,
  writeHad,
} from '../store/index.ts';
import { lessonsFor } from './due.ts';
import { aboutOf, tellSince, toldWhole } from './hold.ts';
import { CURSOR, lookedUntil } from './ready.ts';
import { daysAround } from './told-lessons.ts';
import { correctUnwished } from './unwished.ts';

const DAY = 86_400_000;
/** Nothing that waits was wanted longer ago. */
const REACH = 2 * DAY;

type Both = { readonly before: Peer; readonly after: Peer };

/** Both follow the same timetable. Call in the transaction that saves the peer. */
export async function heedWishes(tx: Db, { before, after }: Both, now: Instant): Promise<void> {
  const timetable = after.timetableId === null ? null : await getTimetable(tx, after.timetableId);
  if (timetable === null) return;
  if (canonical(wishesOf(before)) !== canonical(wishesOf(after)))
    await heedPlanned(tx, timetable, { before, after }, now);
  if (canonical(newsWishes(before)) === canonical(newsWishes(after))) return;
  await heedCorrections(tx, timetable, { before, after }, now);
  await heedChanges(tx, timetable, { before, after }, now);
  // Who hears of no changes was only owed the corrections, and has them now.
  if (!after.changes && isRetimed({ before, after }) && !isQuiet(after, timetable, now))
    await unhold(tx, timetable.id, [after.id]);
}

function isRetimed({ before, after }: Both): boolean {
  const hours = ({ quiet, zone }: Peer) => canonical({ quiet, zone });
  return hours(before) !== hours(after);
}

function isQuiet({ quiet, zone }: Peer, timetable: Timetable, now: Instant): boolean {
  return quiet !== null && quietUntil(quiet, zone ?? timetable.zone, now) !== null;
}

/** All that decides which changes are heard of, when and in which words. */
function newsWishes({ language, changes, homework, horizon, muted, subgroup, hidden, quiet, zone }: Peer): object {
  return { language, changes, homework, horizon, muted, subgroup, hidden, quiet, zone };
}

/** Reminders and digests whose minute the tick has passed: as it would plan them now. */
async function heedPlanned(tx: Db, { id, zone }: Timetable, { before, after }: Both, now: Instant): Promise<void> {
  const span = { from: now - REACH, to: await lookedUntil(tx, now) };
  const homework = await homeworkOf(tx, [id], daysAround(span));
  const dated = await datedLessons(tx, [id], lessonsFor(span, true));
  const lessons = withHomework(dated.get(id) ?? [], homework.get(id) ?? []);
  const planBy = (wishes: Wishes) => plan(wishes, zone, lessons, span);
  const { subgroup, hidden } = after;
  const [old, fresh] = [planBy(wishesOf(before)), planBy(wishesOf(after))];
  const running = Number((await getState(tx, CURSOR)) ?? now);
  const traces = (await queuedFor(tx, after.id, { thread: id })).filter(
    ({ saying, fate }) => fate === 'withdrawn' && isOfWishes(saying),
  );
  const plans = { old, fresh, inSight: planBy({ ...wishesOf(before), subgroup, hidden }), running, traces };
  const keys = [...new Set([...old, ...fresh].map(({ saying }) => sayingKey(saying)))];
  const { unwanted, forgotten, again, said } = heeded(await queuedFor(tx, after.id, { keys }), plans, now);
  for (const { batch, wanted } of unwanted) await unqueue(tx, batch, after.id, now, { thread: id, due: wanted });
  for (const one of forgotten) await unqueue(tx, one, after.id, 'forget');
  const entryFor = (one: Omit<Notice, 'peers'>) => entryOf({ ...one, peers: [after.id] });
  for (const one of said) await writeHad(tx, entryFor(one).fire, after.id, now);
  await enqueue(tx, again.map(entryFor), now);
}

/** Changes that wait, for VK or for the end of quiet hours, are told anew. */
async function heedChanges(tx: Db, timetable: Timetable, { before, after }: Both, now: Instant): Promise<void> {
  const { id } = timetable;
  const of = (some: readonly Queued[]) => some.filter(({ since, deadline }) => since !== null && deadline > now);
  const waiting = of(await queuedFor(tx, after.id, { thread: id })).filter(({ fate }) => fate === 'waits');
  for (const one of waiting) await unqueue(tx, one, after.id, now);
  const held = await heldSince(tx, id, after.id);
  const untold: Queued[] = [];
  // What was told since has said what is worth saying of it.
  for (const one of of(await queuedFor(tx, after.id, { thread: id })).filter(({ fate }) => fate === 'withdrawn'))
    if (!(await hasHeard(tx, after.id, { thread: id, since: one.settledAt ?? now }))) untold.push(one);
  if (untold.length === 0 && held === null) return;
  const since = Math.min(held ?? now, ...untold.map((one) => one.since ?? now));
  if (before.changes) await correctUnwished(tx, timetable, after, { since, now });
  if (!after.changes) return;
  const due = Math.min(now, ...untold.map((one) => one.due));
  const about = aboutOf(timetable, await lessonsOf(tx, id), now);
  // A correction that says no more than the changes do gives way to them.
  const told = await toldWhole(tx, timetable, about, after, since);
  for (const one of await correctionsFor(tx, id, after.id))
    if (one.fate === 'waits') await sayInstead(tx, one, after.id, { ...one, saying: besides(one.saying, told) }, now);
  if (!(await tellSince(tx, timetable, about, [after], { since, due }))) return;
  for (const one of untold) await unqueue(tx, one, after.id, 'forget');
}

/** What puts right or completes what was said waits on where it is heard of. */
async function heedCorrections(tx: Db, { id, zone }: Timetable, both: Both, now: Instant): Promise<void> {
  const { after } = both;
  for (const one of await correctionsFor(tx, id, after.id))
    await heedCorrection(tx, one, { after, zone, now, isRetimed: isRetimed(both) });
}

/** What puts right or completes what this peer was told of the timetable: what tells changes as such says since when. */
async function correctionsFor(tx: Db, id: number, peer: number): Promise<Queued[]> {
  const all = await queuedFor(tx, peer, { thread: id });
  return all.filter(({ since, saying }) => since === null && !isOfWishes(saying));
}

type Facts = { readonly after: Peer; readonly zone: string; readonly now: Instant; readonly isRetimed: boolean };

async function heedCorrection(tx: Db, one: Queued, { after, zone, now, isRetimed }: Facts): Promise<void> {
  const saying = heardOf(one.saying, after);
  if (saying === null) {
    if (one.fate === 'waits') await unqueue(tx, one, after.id, now);
    return;
  }
  const end = sendAt(after.quiet, after.zone ?? zone, now, beginningOf(saying));
  const due = !isRetimed ? one.due : end > now ? end : Math.min(one.due, now);
  if (one.fate === 'waits' || one.deadline > now) await sayInstead(tx, one, after.id, { saying, due }, now);
}

/** Takes the batch back from this peer and says this (null: nothing) instead; leaves it where it says just that. */
async function sayInstead(
  tx: Db,
  one: Queued,
  peer: number,
  { saying, due }: { readonly saying: Saying | null; readonly due: Instant },
  now: Instant,
): Promise<void> {
  const isAsItWas = due === one.due && saying !== null && sayingKey(saying) === one.key;
  if (one.fate === 'waits' && isAsItWas) return;
  if (!(await unqueue(tx, one, peer, 'forget')) || saying === null) return;
  const { thread, deadline } = one;
  await enqueue(tx, [entryOf({ saying, peers: [peer], due, deadline, thread })], now);
}
