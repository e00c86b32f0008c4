/** Digests: tomorrow's lessons in the evening, or its homework alone, today's in the morning, the week ahead; when they come due and what they tell. */
import {
  addDays,
  type Clock,
  clockOf,
  type Day,
  type Instant,
  instantOf,
  minutesOf,
  mondayOf,
  wallOf,
  weekdayOf,
  type Zone,
} from './calendar.ts';
import { canonical } from './canonical.ts';
import { saidOnce } from './homework.ts';
import { type LessonLine, type Notice, withoutHomework } from './notice.ts';
import type { Language, Quiet } from './peer.ts';
import { sendAt } from './quiet.ts';
import { type Dated, takesPlace } from './sitting.ts';

export type DigestKind = 'evening' | 'morning' | 'week' | 'homework';

/** A part of one local day: clocks in [from, to) of it came due (see `dueAt`); `to` may be `24:00`. */
export type Part = { readonly day: Day; readonly from: Clock; readonly to: Clock };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So long after its hour a digest still helps to pack a bag. */
export const DIGEST_LIFE = 3 * HOUR;
/** A day has fewer lessons, a week too; only a calendar made to hurt has more. */
const KEPT = { evening: 60, morning: 60, week: 200, homework: 60 } as const;

/** The days [from, to) a digest sent on this day tells: the next one, the day itself, or the week that begins next (on a Monday: that one). */
export function daysTold(kind: DigestKind, sentOn: Day): [from: Day, to: Day] {
  if (kind === 'morning') return [sentOn, addDays(sentOn, 1)];
  if (kind === 'evening' || kind === 'homework') return [addDays(sentOn, 1), addDays(sentOn, 2)];
  const monday = weekdayOf(sentOn) === 1 ? sentOn : addDays(mondayOf(sentOn), 7);
  return [monday, addDays(monday, 7)];
}

/**
 * The digest wanted at `wanted` on the local day `sentOn`, of those `lessons` that lie in its days (by wall time of `zone`);
 * null when there is nothing to tell. Quiet hours hold it back unless the first lesson begins in them. It is
 * worthless after three hours, at midnight when it says «завтра», and when all it tells of is over.
 */
export function digestNotice(
  kind: DigestKind,
  digest: {
    readonly sentOn: Day;
    readonly wanted: Instant;
    readonly lessons: readonly Dated[];
    readonly zone: Zone;
    readonly language: Language;
    readonly quiet: Quiet | null;
    readonly own?: true | undefined;
  },
): Omit<Notice, 'peers'> | null {
  const { sentOn, wanted, zone, language, quiet, own } = digest;
  const [from, to] = daysTold(kind, sentOn);
  const lessons = digest.lessons
    .filter(({ line }) => line.day >= from && line.day < to && (kind !== 'homework' || line.homework !== undefined))
    .sort(byTime);
  const begins = Math.min(...lessons.filter(takesPlace).map((one) => one.startsAt));
  const over = Math.max(...lessons.map((one) => one.endsAt));
  const due = sendAt(quiet, zone, wanted, begins);
  if (over <= due) return null;
  const midnight = instantOf(from, '00:00', zone);
  const end = kind !== 'morning' && kind !== 'week' && due < midnight ? midnight : over;
  // The same lesson listed twice is said once.
  const once = [...new Map(lessons.map(({ line }) => [canonical(line), line])).values()].slice(0, KEPT[kind]);
  const lines = kind === 'week' ? once.map(withoutHomework) : saidOnce(once, withoutHomework);
  const facts = { language, zone, ...(own && { own }), day: from, lessons: lines };
  return { saying: { kind, ...facts }, due, deadline: Math.min(due + DIGEST_LIFE, end) };
}

function byTime(a: Dated, b: Dated): number {
  const [left, right] = [a.line.number ?? 99, b.line.number ?? 99];
  return a.startsAt - b.startsAt || left - right || (keyOf(a.line) < keyOf(b.line) ? -1 : 1);
}

/** Subgroups stand in their order, as in a reminder. */
function keyOf(line: LessonLine): string {
  return canonical([line.subgroup, line]);
}

/**
 * Which local clocks came due in [from, to). Consecutive spans cover each (day, HH:MM) exactly once wherever they are cut:
 * a clock that the zone shows twice is due the first time, one that is skipped is due when the clocks jump.
 */
export function partsOf(zone: Zone, from: Instant, to: Instant): Part[] {
  const found: Part[] = [];
  // Clocks come due on whole minutes: most ticks of a second hold none.
  if (Math.ceil(from / MINUTE) >= Math.ceil(to / MINUTE)) return found;
  // A day the zone skipped whole, or one it began twice, is found among the neighbours.
  const last = addDays(wallOf(to, zone).day, 1);
  for (let day = addDays(wallOf(from, zone).day, -1); day <= last; day = addDays(day, 1)) {
    const today = day;
    const due = (clock: Clock) => dueAt(today, clock, zone);
    // A neighbour is seldom asked for more than its ends: every minute passes here, for every zone and sort of digest.
    const [opens, closes] = [due('00:00'), due('23:59')];
    if (closes < from || opens >= to) continue;
    const first = opens >= from ? 0 : firstDue(due, from, zone);
    const end = closes < to ? 1440 : firstDue(due, to, zone);
    if (first < end) found.push({ day, from: clockOf(first), to: clockOf(end) });
  }
  return found;
}

/** The first minute of the day that is due at `instant` or later; 1440 when none is. `due` never goes back within a day. */
function firstDue(due: (clock: Clock) => Instant, instant: Instant, zone: Zone): number {
  let [low, high] = [0, 1440];
  // What the clocks show is the answer on nearly every day; looking for it takes eleven times as long.
  const { clock } = wallOf(Math.ceil(instant / MINUTE) * MINUTE, zone);
  const shown = minutesOf(clock);
  if (due(clock) < instant) low = shown + 1;
  else if (shown > 0 && due(clockOf(shown - 1)) < instant) return shown;
  else high = shown;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (due(clockOf(middle)) >= instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** When the clock of a local day comes due. */
export function dueAt(day: Day, clock: Clock, zone: Zone): Instant {
  const at = instantOf(day, clock, zone);
  const wall = `${day}T${clock}`;
  const shown = (instant: Instant) => {
    const { day: onDay, clock: onClock } = wallOf(instant, zone);
    return `${onDay}T${onClock}`;
  };
  if (shown(at) === wall) return at;
  // Skipped: `at` lies after the jump by as much as the clock lies inside the gap. The jump itself is the first minute past it.
  let [before, after] = [at - 25 * HOUR, at];
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (shown(middle) > wall) after = middle;
    else before = middle;
  }
  return after;
}
