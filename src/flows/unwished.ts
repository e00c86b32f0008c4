/** A change that is held, or waits, is wished for no more: what was said wrong because of it is put right all the same. */
import { toldAllOf } from '../domain/announce.ts';
import type { Instant } from '../domain/calendar.ts';
import { withHomework } from '../domain/homework.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Peer } from '../domain/peer.ts';
import { planner, wishesOf } from '../domain/plan.ts';
import { datedOf } from '../domain/sitting.ts';
import { type Db, homeworkOf, lessonsOf, type Timetable, untoldOf } from '../store/index.ts';
import { correct, isNear, pastOf, REACH, saidEarlier } from './correct.ts';
import { lessonsFor } from './due.ts';
import { aboutOf } from './hold.ts';
import { lookedUntil, readyOf, toldAhead } from './ready.ts';
import { daysAround } from './told-lessons.ts';

/**
 * Puts right what this peer was told by itself and is not so since then: of what has changed it was to hear as of changes, and by
 * its wishes as they are now it will not. Call in the transaction that saves the wishes, once what waited is taken back.
 */
export async function correctUnwished(
  tx: Db,
  timetable: Timetable,
  peer: Peer,
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<void> {
  const lessons = await lessonsOf(tx, timetable.id);
  const about = aboutOf(timetable, lessons, now);
  const hears = (change: Parameters<typeof toldAllOf>[0]) => toldAllOf(change, about, peer.changes ? [peer] : []);
  const told = await toldAhead(tx, timetable, now);
  const untold = await untoldOf(tx, timetable.id);
  const known = readyOf({ lessons, calendar: timetable }, untold, now, told);
  const past = await pastOf(tx, timetable, { before: known, changes: [], now });
  const changes = past.summed(since).filter((change) => isNear(change, now));
  if (changes.every((change) => hears(change).has(peer.id))) return;
  const span = { from: now - REACH, to: await lookedUntil(tx, now) };
  const homework = (await homeworkOf(tx, [timetable.id], daysAround(span))).get(timetable.id) ?? [];
  const { from, to } = lessonsFor(span, false);
  const planned = planner(timetable.zone, span);
  const wishes = { ...wishesOf(peer), week: null };
  const planBy = (some: readonly Occurrence[]) => {
    const near = some.filter(({ startsAt }) => startsAt >= from && startsAt < to);
    return planned(wishes, withHomework(near.map(datedOf), homework));
  };
  const fresh = planBy(known);
  const earlier = past.versions.flatMap(planBy);
  const [wrong = []] = await saidEarlier(tx, [{ peers: [peer.id], earlier, old: fresh, fresh }]);
  const deaf = new Set(peer.changes ? [] : [peer.id]);
  await correct(tx, timetable, [{ wrong, wishes, deaf }], { changes, now, about, hears, past });
}
