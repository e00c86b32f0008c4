/** What a listener is owed, found independently of the program: each day, lesson and lead by luxon; and what ticks at given instants make of it. */
import { DateTime } from 'luxon';
import type { Lesson } from '../../src/domain/lesson.ts';

export type Owed = { readonly name: string; readonly due: number; readonly deadline: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The lessons of every day: two in the morning that do not join, at hours the clocks may skip or repeat if `night`. */
export const DAILY: readonly { readonly subject: string; readonly start: string; readonly end: string }[] = [
  { subject: 'Право', start: '02:30', end: '03:15' },
  { subject: 'Матан', start: '08:00', end: '09:35' },
  { subject: 'Физика', start: '09:45', end: '11:20' },
];

/** The wishes that `owedTo` knows how to count. */
export const WISHES = { leads: [15, 1], firstLead: 40, evening: '19:00', morning: '07:30' } as const;

/** The lessons above as weekly ones of a term. */
export function everyDay(make: (part: Pick<Lesson, 'subject' | 'times'>) => Lesson): Lesson[] {
  return ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((weekday) =>
    DAILY.map(({ subject, start, end }) =>
      make({ subject, times: { on: 'weekly', weekday, weeks: 'every', start, end } }),
    ),
  );
}

/**
 * Everything a listener with `WISHES` is owed on the days from `first`, `days` of them, of lessons by the clocks of `zone`; `own`
 * are the listener's clocks: by them a day has its first lesson, a morning and an evening, and lessons have their days.
 */
export function owedTo(zone: string, first: string, days: number, own = zone): Owed[] {
  const owed: Owed[] = [];
  const dates = Array.from({ length: days + 4 }, (_, n) =>
    DateTime.fromISO(first, { zone: 'UTC' }).plus({ days: n - 2 }),
  );
  const all = dates.flatMap((date) =>
    DAILY.map(({ subject, start, end }) => {
      const [starts, ends] = [atClock(date, start, zone), atClock(date, end, zone)];
      const on = DateTime.fromMillis(starts, { zone: own }).toISODate() ?? '';
      return { subject, on, starts, ends: ends > starts ? ends : starts + 45 * MINUTE };
    }),
  );
  for (const date of dates.slice(2, -2)) {
    const day = date.toISODate() ?? '';
    const lessons = all.filter(({ on }) => on === day).sort((a, b) => a.starts - b.starts);
    for (const [index, { subject, starts, ends }] of lessons.entries())
      for (const lead of index === 0 ? [40, 15, 1] : [15, 1]) {
        const due = starts - lead * MINUTE;
        owed.push({ name: `${day} ${subject} ${lead}`, due, deadline: Math.min(due + 15 * MINUTE, ends) });
      }
    if (lessons.length === 0) continue;
    const over = Math.max(...lessons.map((one) => one.ends));
    const [morning, evening] = [atClock(date, '07:30', own), atClock(date.minus({ days: 1 }), '19:00', own)];
    if (over > morning)
      owed.push({ name: `${day} morning`, due: morning, deadline: Math.min(morning + 3 * HOUR, over) });
    owed.push({
      name: `${day} evening`,
      due: evening,
      deadline: Math.min(evening + 3 * HOUR, atClock(date, '00:00', own)),
    });
  }
  return owed.sort((a, b) => a.due - b.due || (a.name < b.name ? -1 : 1));
}

/** A skipped time moves forward by the gap, a repeated one is the first: RFC 5545, and what luxon does. */
function atClock(day: DateTime, clock: string, zone: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const found = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour, minute }, { zone });
  const earlier = found.minus({ hours: 1 });
  return (earlier.toFormat('HH:mm') === clock ? earlier : found).toMillis();
}

/** Which of these are sent and which are late when the bot looks at these instants and at no others. */
export function madeOf(owed: readonly Owed[], ticks: readonly number[]): { sent: string[]; late: string[] } {
  const sent = new Set<string>();
  const late = new Set<string>();
  let cursor = ticks[0] ?? 0;
  for (const now of ticks) {
    const from = Math.max(Math.min(cursor, now), now - 3 * DAY);
    for (const { name, due, deadline } of owed) {
      if (due < from || due >= now || sent.has(name)) continue;
      if (deadline > now) sent.add(name);
      else late.add(name);
    }
    cursor = now;
  }
  return { sent: [...sent], late: [...late] };
}
