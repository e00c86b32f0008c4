/** How a day and a week of a timetable are laid out in any language. */
import { addDays, type Clock, type Day, type Instant, mondayOf, wallOf } from '../domain/calendar.ts';
import { saidOnce } from '../domain/homework.ts';
import type { Shown } from '../domain/marks.ts';
import { line } from '../domain/notice.ts';
import type { DayView, TimetableRef, WeekView } from '../domain/view.ts';
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
  type Words,
  weekdayName,
  weekSpan,
} from './format.ts';
import { type MarkWords, markOf } from './marks.ts';
import type { Button, Message } from './message.ts';
import { clocksOf } from './places.ts';

const NAME = 60;

/**
 * What a view may add. `now` shows what is late, `nearest` is the next day with lessons,
 * `about` stands before what every button says, so that a glance at another group stays with that group («ПИ-22»).
 */
export type ViewOptions = { readonly now?: Instant; readonly nearest?: Day | null; readonly about?: string };

/** The words a language gives to a day and a week; days come in already written. */
export type ViewWords = {
  readonly lesson: Words;
  readonly marks: MarkWords;
  readonly labels: Readonly<Record<'today' | 'tomorrow' | 'week' | 'thisWeek' | 'nextWeek' | 'whole', string>>;
  /** A day without lessons, and the next one that has any. */
  empty(nearest: string | null): string;
  readonly emptyWeek: string;
  /** «неделя 23–29 ноября» of the days «23–29 ноября». */
  week(days: string): string;
  /** «12-я», the week's number (≥ 1). */
  numbered(number: number): string;
  asOf(day: string, clock: Clock): string;
  /** How many lessons the viewer hides (≥ 1). */
  hidden(count: number): string;
};

/** What a language says of a day and of a week. */
export type Views = {
  /** One day: its lessons, how fresh they are when that is in doubt, and buttons to the days beside it. */
  dayText(view: DayView, options?: ViewOptions): Message;
  /** A week by days. One that would not fit a message is told in one line a lesson, then cut. */
  weekText(view: WeekView, options?: ViewOptions): Message;
};

/** The day and the week in a language's words. */
export function views(words: ViewWords): Views {
  return {
    dayText: (view, options = {}) => dayText(view, options, words),
    weekText: (view, options = {}) => weekText(view, options, words),
  };
}

function dayText(view: DayView, options: ViewOptions, words: ViewWords): Message {
  const { timetable, day, today, lessons, hidden } = view;
  const { language } = words.lesson;
  const nearest = options.nearest ?? null;
  const text = [
    `${capital(namedDay(day, today, language))} · ${short(timetable.name, NAME)}${clocksIn(view, words)}`,
    lessons.length > 0
      ? told(lessons, (one) => lessonText(line(one), words.lesson, markOf(one, words.marks)))
      : words.empty(nearest === null ? null : namedDay(nearest, today, language)),
    ...(hidden > 0 ? [words.hidden(hidden)] : []),
    ...freshness(timetable, today, options.now, words),
  ].join('\n\n');
  const whole = hidden > 0 ? [[press(words.labels.whole, `${dotted(day, today)} со скрытыми`, options.about)]] : [];
  return { text: fit(text), buttons: [...dayButtons(day, today, options.about, words), ...whole] };
}

function weekText(view: WeekView, options: ViewOptions, words: ViewWords): Message {
  const { timetable, monday, today, number, days, hidden } = view;
  const { lesson } = words;
  const week = number === null || number < 1 ? '' : ` (${words.numbered(number)})`;
  const head = `${capital(words.week(weekSpan(monday, today, lesson.language)))}${week} · ${short(timetable.name, NAME)}${clocksIn(view, words)}`;
  const written = (one: (lesson: Shown) => string) =>
    [
      head,
      ...days.map(({ day, lessons }) => `${capital(longDay(day, today, lesson.language))}\n${told(lessons, one)}`),
      ...(days.length > 0 ? [] : [words.emptyWeek]),
      ...(hidden > 0 ? [words.hidden(hidden)] : []),
      ...freshness(timetable, today, options.now, words),
    ].join('\n\n');
  const whole = written((one) => lessonText(line(one), lesson, markOf(one, words.marks)));
  const text =
    whole.length <= LONGEST ? whole : written((one) => lessonBrief(line(one), lesson, markOf(one, words.marks)));
  const say = `неделя ${dotted(monday, today)} со скрытыми`;
  const more = hidden > 0 ? [[press(words.labels.whole, say, options.about)]] : [];
  return { text: fit(text), buttons: [...weekButtons(monday, today, options.about, words), ...more] };
}

/** «расписание от 12 сентября, 14:05»: said when the source fails, is not believed, or was not read when it should have been. */
export function freshness(
  timetable: TimetableRef,
  today: Day,
  now: Instant | undefined,
  words: Pick<ViewWords, 'lesson' | 'asOf'>,
): string[] {
  const { kind, freshAt, lateAt, trouble, zone } = timetable;
  if (kind === 'manual' || freshAt === null) return [];
  const late = now !== undefined && lateAt !== null && now > lateAt;
  if (trouble === null && !late) return [];
  const { day, clock } = wallOf(freshAt, zone);
  return [words.asOf(dayMonth(day, today, words.lesson.language), clock)];
}

/** Whose clocks the times are, where they are not the timetable's. */
function clocksIn({ own }: DayView | WeekView, { lesson }: ViewWords): string {
  return own === null ? '' : ` · ${clocksOf(own, lesson.language)}`;
}

function dayButtons(day: Day, today: Day, about: string | undefined, words: ViewWords): Button[][] {
  const { lesson, labels } = words;
  const [before, after] = [addDays(day, -1), addDays(day, 1)];
  const row: Button[] = [press(`← ${weekdayName(before, lesson.language)}`, dotted(before, today), about)];
  if (day !== today) row.push(press(labels.today, 'сегодня', about));
  row.push(press(`${weekdayName(after, lesson.language)} →`, dotted(after, today), about));
  const next = mondayOf(day) === addDays(mondayOf(today), 7);
  return [row, [press(labels.week, next ? 'следующая неделя' : 'неделя', about)]];
}

function weekButtons(monday: Day, today: Day, about: string | undefined, { labels }: ViewWords): Button[][] {
  const other =
    monday === mondayOf(today)
      ? press(labels.nextWeek, 'следующая неделя', about)
      : press(labels.thisWeek, 'неделя', about);
  return [[press(labels.today, 'сегодня', about), press(labels.tomorrow, 'завтра', about)], [other]];
}

function press(label: string, words: string, about = ''): Button {
  return { label, say: about === '' ? words : `${about} ${words}`, edit: true };
}

/** The same lesson listed twice by the source is shown once. */
function told(lessons: readonly Shown[], written: (lesson: Shown) => string): string {
  return [...new Set(saidOnce(lessons, ({ homework: _, ...bare }: Shown) => bare).map(written))].join('\n');
}
