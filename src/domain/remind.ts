/** What is due becomes notices: reminders before lessons and the digest of the evening before. */
import { addDays, type Clock, clockOf, type Day, type Instant, instantOf, wallOf, type Zone } from './calendar.ts';
import { canonical, type LessonLine, type Notice, type Saying } from './notice.ts';
import type { Language } from './peer.ts';

/** One lesson whose reminder is due, and who is to hear it. */
export type DueLesson = {
  readonly timetableId: number;
  readonly zone: Zone;
  readonly language: Language;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly line: LessonLine;
  readonly peers: readonly number[];
};

/** A part of one local evening: clocks in [from, to) came due; `to` may be `24:00`. `day` is the day to tell about, tomorrow. */
export type Evening = { readonly day: Day; readonly from: Clock; readonly to: Clock; due(clock: Clock): Instant };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So long after its start a reminder still helps somebody find the room. */
export const LATE = 10 * MINUTE;
/** So long after its hour the digest still helps to pack a bag. */
const EVENING_LIFE = 3 * HOUR;

/**
 * The saying of lessons that begin at one minute, whatever order they come in and however often one is listed: what was said
 * can be found again by its key.
 */
export function reminderSaying(lines: readonly LessonLine[], zone: Zone, language: Language): Saying {
  const keyed = new Map(lines.map((one) => [canonical([one.number ?? 99, one.subgroup, one.subject, one]), one]));
  const sorted = [...keyed].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { kind: 'reminder', zone, language, lessons: sorted.map(([, one]) => one) };
}

/**
 * Reminders due `lead` minutes before their lessons. Lessons of one timetable that begin together (two subgroups) make one
 * saying for the same listeners; equal sayings of several timetables (a lecture of the stream) make one notice.
 */
export function reminderNotices(rows: readonly DueLesson[], lead: number): Notice[] {
  const together = Map.groupBy(rows, ({ timetableId, startsAt, zone, language, peers }) =>
    [timetableId, startsAt, zone, language, ...peers.toSorted((a, b) => a - b)].join(' '),
  );
  const notices = new Map<string, { notice: Omit<Notice, 'peers'>; heard: Set<number> }>();
  for (const group of together.values()) {
    const first = group[0];
    if (first === undefined) continue;
    const { startsAt, zone, language, peers } = first;
    const saying = reminderSaying(
      group.map((row) => row.line),
      zone,
      language,
    );
    const due = startsAt - lead * MINUTE;
    const deadline = Math.min(startsAt + LATE, ...group.map((row) => row.endsAt));
    const key = canonical([saying, due]);
    const equal = notices.get(key);
    const heard = equal?.heard ?? new Set();
    for (const peer of peers) heard.add(peer);
    const soonest = Math.min(deadline, equal?.notice.deadline ?? deadline);
    notices.set(key, { notice: { saying, due, deadline: soonest }, heard });
  }
  return [...notices.values()].map(({ notice, heard }) => ({ ...notice, peers: [...heard] }));
}

/** Tomorrow's lessons, said the evening before; null when there is nothing to say. Worthless 3 hours later or when tomorrow begins. */
export function eveningNotice(evening: {
  readonly day: Day;
  readonly lines: readonly LessonLine[];
  readonly zone: Zone;
  readonly language: Language;
  readonly peers: readonly number[];
  readonly due: Instant;
}): Notice | null {
  const { day, lines, zone, language, peers, due } = evening;
  if (lines.length === 0 || peers.length === 0) return null;
  // The same lesson listed twice is said once.
  const lessons = [...new Map(lines.map((one) => [canonical(one), one])).values()];
  const saying: Saying = { kind: 'evening', zone, language, day, lessons };
  return { saying, peers, due, deadline: Math.min(due + EVENING_LIFE, instantOf(day, '00:00', zone)) };
}

/**
 * Which local clocks came due in [from, to). Consecutive spans cover each (day, HH:MM) exactly once wherever they are cut:
 * a clock that the zone shows twice is due the first time, one that is skipped is due when the clocks jump. Of a span longer
 * than a day only the last 3 hours matter, the rest is worthless by then.
 */
export function evenings(zone: Zone, from: Instant, to: Instant): Evening[] {
  const start = to - from > 24 * HOUR ? to - EVENING_LIFE : from;
  // Clocks come due on whole minutes: most ticks of a second hold none.
  if (Math.ceil(start / MINUTE) >= Math.ceil(to / MINUTE)) return [];
  const found: Evening[] = [];
  // A day the zone skipped whole, or one it began twice, is found among the neighbours.
  const last = addDays(wallOf(to, zone).day, 1);
  for (let day = addDays(wallOf(start, zone).day, -1); day <= last; day = addDays(day, 1)) {
    const today = day;
    const due = (clock: Clock) => dueAt(today, clock, zone);
    const [first, end] = [firstDue(due, start), firstDue(due, to)];
    if (first < end) found.push({ day: addDays(today, 1), from: clockOf(first), to: clockOf(end), due });
  }
  return found;
}

/** The first minute of the day that is due at `instant` or later; 1440 when none is. `due` never goes back within a day. */
function firstDue(due: (clock: Clock) => Instant, instant: Instant): number {
  let [low, high] = [0, 1440];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (due(clockOf(middle)) >= instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

function dueAt(day: Day, clock: Clock, zone: Zone): Instant {
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
