/** Those who asked for a timetable before it was read: answered with its nearest day, or told why there is none. */
import { addDays, type Instant, wallOf } from '../domain/calendar.ts';
import { entryOf, line, type Saying } from '../domain/notice.ts';
import { occurrences } from '../domain/occurrence.ts';
import type { Peer } from '../domain/peer.ts';
import {
  type Db,
  enqueue,
  getPeer,
  getTimetable,
  lessonsOf,
  startWaiting,
  stopWaiting,
  type Timetable,
  waitingFor,
} from '../store/index.ts';
import type { Trouble } from './reading.ts';

const HOUR = 3_600_000;
/** How far «the nearest day» looks. */
const DAYS = 60;

/** The timetable was read: everybody who waits gets its nearest day. Call in the transaction that says so; true when somebody waited. */
export async function answerWaiting(tx: Db, timetableId: number, now: Instant): Promise<boolean> {
  const peers = await waiting(tx, timetableId, null);
  const timetable = peers.length === 0 ? null : await getTimetable(tx, timetableId);
  if (timetable === null) return false;
  const today = wallOf(now, timetable.zone).day;
  const to = addDays(today, DAYS);
  const dated = occurrences(await lessonsOf(tx, timetable.id, { from: today, to }), timetable, today, to);
  const ahead = dated.find((one) => !one.cancelled && one.endsAt > now)?.day ?? null;
  const lessons = dated.filter(({ day }) => day === ahead).map(line);
  await tell(tx, peers, now, ({ language }) => {
    const { name: title, zone } = timetable;
    return { kind: 'ready', title, day: ahead, lessons, language, zone };
  });
  await stopWaiting(tx, timetable.id);
  return true;
}

/**
 * It could not be read: who began to wait after `since`, the failure before (null: there was none), is told why, and those who
 * follow it go on waiting. Call in a transaction.
 */
export async function explainWaiting(
  tx: Db,
  timetable: Timetable,
  problem: Trouble,
  { now, since }: { readonly now: Instant; readonly since: Instant | null },
): Promise<void> {
  const peers = await waiting(tx, timetable.id, since);
  if (peers.length === 0) return;
  const follows = (peer: Peer) => peer.timetableId === timetable.id;
  await tell(tx, peers, now, (peer) => {
    const { kind: why, detail, suggestions } = problem;
    const { name: title, zone } = timetable;
    const common = { title, why, detail, suggestions: suggestions.slice(0, 5), zone, language: peer.language };
    return { kind: 'unread', follows: follows(peer), ...common };
  });
  for (const peer of peers) {
    if (follows(peer)) await startWaiting(tx, timetable.id, peer.id, now);
    else await stopWaiting(tx, timetable.id, peer.id);
  }
}

async function waiting(tx: Db, timetableId: number, since: Instant | null): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (const { peer, at } of await waitingFor(tx, timetableId)) {
    if (since !== null && at <= since) continue;
    const known = await getPeer(tx, peer);
    if (known !== null && known.asleep === null) peers.push(known);
  }
  return peers;
}

async function tell(tx: Db, peers: readonly Peer[], now: Instant, saying: (peer: Peer) => Saying): Promise<void> {
  const notices = peers.map((peer) =>
    entryOf({ saying: saying(peer), peers: [peer.id], due: now, deadline: now + HOUR }),
  );
  for (const [, same] of Map.groupBy(notices, ({ key }) => key)) {
    const [first] = same;
    if (first !== undefined) await enqueue(tx, [{ ...first, peers: same.flatMap(({ peers }) => peers) }], now);
  }
}
