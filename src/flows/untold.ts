/** What waits to be told once lessons have changed: the days as people know them beside the days as they are. */
import { type Day, type Instant, wallOf, type Zone } from '../domain/calendar.ts';
import { datedOn, daysIn, type Sides, type State } from '../domain/compare.ts';
import type { Change, Window } from '../domain/diff.ts';
import { inZone, type Occurrence } from '../domain/occurrence.ts';
import { asTold, keptOf, nextOf, type Pending, pendingAmong, remember, type Untold } from '../domain/untold.ts';
import type { Timetable } from '../store/index.ts';
import { type Breathe, inPieces } from './breath.ts';

/** What waits to be told, when it is looked at, and when its source is to be read again for it. */
export type Waits = { readonly untold: Untold; readonly lookAt: Instant; readonly readAt: Instant | null };

type Standing = { readonly now: Instant; readonly isTrusted: boolean };

/** A change as it is seen: both states on the days that differ (null: there was no lesson before), and what differs inside of the window. */
type Seen = {
  readonly states: Sides | null;
  readonly changed: readonly Change[];
  readonly window: Window;
  readonly redated: boolean;
};

/** What waits once a change is made, with what waited before it; null when nothing does. `current` are the lessons then. */
export async function waitsAfter(
  facts: Standing & { readonly untold: Untold | null },
  timetable: Timetable,
  current: State,
  { states, changed, window, redated }: Seen,
  breathe: Breathe,
): Promise<Waits | null> {
  const { untold, now } = facts;
  if (states === null)
    return untold === null ? null : keptWaits(untold, await pendingOf(untold, current, facts, breathe));
  const { zone } = current.calendar;
  // Beyond the last whole day that both readings know nothing was told.
  const { day: end } = wallOf(window.to, zone);
  const days = [...states.days].filter((day) => day < end);
  const remembered =
    untold !== null && redated
      ? retold(untold, timetable.zone, states.before, days, { now, zone, window })
      : remember(untold, states.before, days, now);
  await breathe();
  // Where nothing waited and no day is left away these are the sides that differ by what is known already.
  const isKnown = untold === null && days.length === states.days.size;
  const pending = isKnown
    ? await inPieces(pendingAmong(remembered, states.after, facts, changed), breathe)
    : await pendingOf(remembered, current, facts, breathe);
  return keptWaits(remembered, pending);
}

/** By other clocks a lesson may stand on another day: all of it is told anew. */
function retold(
  untold: Untold,
  usual: Zone,
  before: readonly Occurrence[],
  days: readonly Day[],
  { now, zone, window }: { readonly now: Instant; readonly zone: Zone; readonly window: Window },
): Untold {
  const [from, to] = daysIn(window, usual);
  const old = before.map((one) => inZone(one, usual));
  const told = asTold(untold, old, from, to).map((one) => inZone(one, zone));
  return remember({ ...untold, told: new Map() }, told, [...days, ...told.map(({ day }) => day)], now);
}

/** The changes that wait: what is different from what people know. */
export async function pendingOf(
  untold: Untold,
  current: State,
  facts: Standing,
  breathe: Breathe,
): Promise<readonly Pending[]> {
  const dated = datedOn(current, new Set(untold.told.keys()));
  await breathe();
  return inPieces(pendingAmong(untold, dated, facts), breathe);
}

function keptWaits(untold: Untold, pending: readonly Pending[]): Waits | null {
  const kept = keptOf(untold, pending);
  return kept === null ? null : { untold: kept, ...nextOf(pending) };
}
