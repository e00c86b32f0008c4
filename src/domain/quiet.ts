/** Quiet hours: when a message that came due inside them may be sent. */
import { addDays, type Instant, instantOf, wallOf, type Zone } from './calendar.ts';
import type { Quiet } from './peer.ts';

/**
 * When the quiet that holds at `instant` ends; null when none holds. Hours are wall time of `zone` and may cross midnight. A
 * night in which the clocks go back has one end, the first; one whose end is skipped lasts its length.
 */
export function quietUntil({ from, to }: Quiet, zone: Zone, instant: Instant): Instant | null {
  const { day, clock } = wallOf(instant, zone);
  const overnight = to <= from;
  const holds = overnight ? clock >= from || clock < to : clock >= from && clock < to;
  if (!holds) return null;
  const end = instantOf(overnight && clock >= from ? addDays(day, 1) : day, to, zone);
  return end > instant ? end : null;
}

/**
 * When a notice that is due at `due` may be sent to a peer with these quiet hours: at once, or when they end; at once all the
 * same when what it speaks of begins before that (`startsAt`).
 */
export function sendAt(quiet: Quiet | null, zone: Zone, due: Instant, startsAt: Instant): Instant {
  const end = quiet === null ? null : quietUntil(quiet, zone, due);
  return end === null || startsAt < end ? due : end;
}
