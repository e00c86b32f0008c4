/** A day and a week of a timetable, in English. */
import { addDays, type Day, type Instant, instantOf, mondayOf, wallOf } from '../../domain/calendar.ts';
import { line } from '../../domain/notice.ts';
import type { Occurrence } from '../../domain/occurrence.ts';
import type { DayView, TimetableRef, WeekView } from '../../domain/view.ts';
import {
  capital,
  dayMonth,
  dotted,
  fit,
  LONGEST,
  lessonBrief,
  lessonText,
  longDay,
  namedDay,
  short,
  weekdayName,
} from '../format.ts';
import type { Button, Message } from '../message.ts';
import { WORDS } from './words.ts';

const NAME = 60;
const DAY = 86_400_000;

/**
 * What a view may add. `now` makes «fresh» exact (else the end of today is taken), `nearest` is the next day with lessons,
 * `about` stands before what every button says, so that a glance at another group stays with that group («ПИ-22»).
 */
export type ViewOptions = { readonly now?: Instant; readonly nearest?: Day | null; readonly about?: string };

/** One day: its lessons, how fresh they are when that is in doubt, and buttons to the days beside it. */
export function dayText(view: DayView, options: ViewOptions = {}): Message {
  const { timetable, day, today, lessons } = view;
  const text = [
    `${capital(namedDay(day, today, 'en'))} · ${short(timetable.name, NAME)}`,
    lessons.length > 0 ? told(lessons, full) : emptyDay(today, options.nearest ?? null),
    ...freshness(timetable, today, options.now),
  ].join('\n\n');
  return { text: fit(text), buttons: dayButtons(day, today, options.about) };
}

/** A week by days. One that would not fit a message is told in one line a lesson, then cut. */
export function weekText(view: WeekView, options: ViewOptions = {}): Message {
  const { timetable, monday, today, number, days } = view;
  const week = number === null || number < 1 ? '' : ` (no. ${number})`;
  const head = `${capital(weekSpan(monday, today))}${week} · ${short(timetable.name, NAME)}`;
  const written = (lesson: (occurrence: Occurrence) => string) =>
    [
      head,
      ...days.map(({ day, lessons }) => `${capital(longDay(day, today, 'en'))}\n${told(lessons, lesson)}`),
      ...(days.length > 0 ? [] : ['No lessons this week.']),
      ...freshness(timetable, today, options.now),
    ].join('\n\n');
  const whole = written(full);
  const text = whole.length <= LONGEST ? whole : written((occurrence) => lessonBrief(line(occurrence), WORDS));
  return { text: fit(text), buttons: weekButtons(monday, today, options.about) };
}

/** “timetable as of 12 September, 14:05”: said when the source fails or was not read for a day; a timetable made by hand is never stale. */
function freshness({ kind, freshAt, trouble, zone }: TimetableRef, today: Day, now?: Instant): string[] {
  if (kind === 'manual' || freshAt === null) return [];
  const at = now ?? instantOf(addDays(today, 1), '00:00', zone);
  if (trouble === null && at - freshAt <= DAY) return [];
  const { day, clock } = wallOf(freshAt, zone);
  return [`timetable as of ${dayMonth(day, today, 'en')}, ${clock}`];
}

function emptyDay(today: Day, nearest: Day | null): string {
  return nearest === null ? 'No lessons.' : `No lessons. The next ones: ${namedDay(nearest, today, 'en')}.`;
}

/** “week 23–29 November”, “week 28 December – 3 January 2027”. */
function weekSpan(monday: Day, today: Day): string {
  const sunday = addDays(monday, 6);
  const first =
    monday.slice(0, 7) === sunday.slice(0, 7) ? `${Number(monday.slice(8))}–` : `${dayMonth(monday, today, 'en')} – `;
  return `week ${first}${dayMonth(sunday, today, 'en')}`;
}

function dayButtons(day: Day, today: Day, about?: string): Button[][] {
  const [before, after] = [addDays(day, -1), addDays(day, 1)];
  const row: Button[] = [press(`← ${weekdayName(before, 'en')}`, dotted(before, today), about)];
  if (day !== today) row.push(press('Today', 'сегодня', about));
  row.push(press(`${weekdayName(after, 'en')} →`, dotted(after, today), about));
  const next = mondayOf(day) === addDays(mondayOf(today), 7);
  return [row, [next ? press('Week', 'следующая неделя', about) : press('Week', 'неделя', about)]];
}

function weekButtons(monday: Day, today: Day, about?: string): Button[][] {
  const other =
    monday === mondayOf(today) ? press('Next week', 'следующая неделя', about) : press('This week', 'неделя', about);
  return [[press('Today', 'сегодня', about), press('Tomorrow', 'завтра', about)], [other]];
}

function press(label: string, words: string, about = ''): Button {
  return { label, say: about === '' ? words : `${about} ${words}`, edit: true };
}

/** The same lesson listed twice by the source is shown once. */
function told(lessons: readonly Occurrence[], written: (occurrence: Occurrence) => string): string {
  return [...new Set(lessons.map(written))].join('\n');
}

function full(occurrence: Occurrence): string {
  return lessonText(line(occurrence), WORDS);
}
