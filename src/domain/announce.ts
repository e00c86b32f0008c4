/** Changes become notices: one message for one batch, near lessons only, nothing about the past. */
import type { Instant, Zone } from './calendar.ts';
import { type Change, sidesOf } from './diff.ts';
import { changeLine, type Notice } from './notice.ts';
import type { Language } from './peer.ts';

const DAY = 86_400_000;
/** More lines than anybody reads; the rest is a number. */
const KEPT = 40;

/**
 * One notice a language with the changes (in order of time) that touch a lesson not over yet and starting within
 * `horizonDays`. Due now; worthless when the last changed lesson is over, or after a day.
 */
export function announce(
  changes: readonly Change[],
  { title, zone, now, horizonDays }: { title: string; zone: Zone; now: Instant; horizonDays: number },
  peers: readonly { readonly id: number; readonly language: Language }[],
): Notice[] {
  const near = changes.filter((change) =>
    sidesOf(change).some(({ startsAt, endsAt }) => endsAt > now && startsAt < now + horizonDays * DAY),
  );
  if (near.length === 0) return [];
  near.sort((a, b) => startOf(a) - startOf(b));
  const lastEnd = near.flatMap(sidesOf).reduce((latest, { endsAt }) => Math.max(latest, endsAt), now);
  const lines = near.slice(0, KEPT).map(changeLine);
  const more = near.length > KEPT ? { more: near.length - KEPT } : {};
  return [...Map.groupBy(peers, (peer) => peer.language)].map(([language, listeners]) => ({
    saying: { kind: 'changes', language, zone, title, changes: lines, ...more },
    peers: listeners.map((peer) => peer.id),
    due: now,
    deadline: Math.min(lastEnd, now + DAY),
  }));
}

function startOf(change: Change): Instant {
  return sidesOf(change)[0]?.startsAt ?? 0;
}
