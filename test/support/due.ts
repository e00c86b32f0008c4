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

/** Everything a listener with `WISHES` is owed on the days from `first`, `days` of them. */
export function owedTo(zone: string, first: string, days: number): Owed[] {
  const owed: Owed[] = [];
  // A skipped time moves forward by the gap, a repeated one is the first: RFC 5545, and what luxon does.
  const at = (day: DateTime, clock: string) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    const found = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour, minute }, { zone });
    const earlier = found.minus({ hours: 1 });
    return (earlier.toFormat('HH:mm') === clock ? earlier : found).toMillis();
  };
  for (let n = 0; n < days; n += 1) {
    const day = DateTime.fromISO(first, { zone: 'UTC' }).plus({ days: n });
    const date = day.toISODate() ?? '';
    const lessons = DAILY.map(({ subject, start, end }) => ({ subject, starts: at(day, start), ends: at(day, end) }));
    for (const [index, { subject, starts, ends }] of lessons.entries())
      for (const lead of index === 0 ? [40, 15, 1] : [15, 1]) {
        const due = starts - lead * MINUTE;
        const over = ends > starts ? ends : starts + 45 * MINUTE;
        owed.push({ name: `${date} ${subject} ${lead}`, due, deadline: Math.min(due + 15 * MINUTE, over) });
      }
    const over = Math.max(...lessons.map((one) => one.ends));
    const [morning, evening] = [at(day, '07:30'), at(day.minus({ days: 1 }), '19:00')];
    owed.push({ name: `${date} morning`, due: morning, deadline: Math.min(morning + 3 * HOUR, over) });
    owed.push({ name: `${date} evening`, due: evening, deadline: Math.min(evening + 3 * HOUR, at(day, '00:00')) });
  }
  return owed.sort((a, b) => a.due - b.due || (a.name < b.name ? -1 : 1));
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
