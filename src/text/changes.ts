/** How changes are told in any language: by day, a line each, old → new; many are folded by day. */
import { type Day, type Weekday, weekdayOf, type Zone } from '../domain/calendar.ts';
import { type ChangeKind, kindsOf } from '../domain/diff.ts';
import type { ChangeLine, LessonLine, Run, Saying } from '../domain/notice.ts';
import { dayOf } from '../domain/runs.ts';
import {
  capital,
  cut,
  dayMonth,
  fit,
  hours,
  kindOf,
  longDay,
  namedDay,
  placeOf,
  short,
  subgroupOf,
  teachersOf,
  tinyDay,
  titleOf,
  type Words,
  weekdayName,
} from './format.ts';
import type { Message } from './message.ts';
import { clocksOf } from './places.ts';

/** So many changes are told in full, the nearest days first; the other days are a line each. */
const TOLD = 8;
const TITLE = 80;
/** What one change may take: two lines on a phone, about 37 characters each. */
const LINE = 74;
/** How a change is told, the first way that fits: all of it; the old date left to the heading; only what is new; names cut short. */
const WAYS = [
  { dated: true, brief: false, subject: 60, room: 24, teachers: 36 },
  { dated: false, brief: false, subject: 60, room: 24, teachers: 36 },
  { dated: false, brief: true, subject: 60, room: 24, teachers: 36 },
  { dated: false, brief: true, subject: 32, room: 12, teachers: 20 },
] as const;
type Way = (typeof WAYS)[number];

type Altered = Extract<ChangeLine, { kind: 'altered' }>;
type Field = Altered['what'][number];
/** A part of a lesson: its name, the sign before «from → to», and what is said when it is no longer there. */
type Part = { readonly label: string; readonly sign: string; readonly none: string };

/** What a language says of changes; dates come in already written. */
export type ChangeWords = {
  readonly lesson: Words;
  readonly title: string;
  readonly labels: Readonly<Record<'week' | 'all', string>>;
  /** `kind` is the lesson's kind: an exam is another gender than a lecture. */
  became(what: Exclude<ChangeLine['kind'], 'altered'>, kind: string): string;
  moved(kind: string, from: string, to: string): string;
  /** The new subject, or all that is new where much changed. */
  now(what: string): string;
  readonly parts: Readonly<Record<'room' | 'teacher' | 'kind', Part>>;
  readonly formats: Readonly<Record<LessonLine['format'], string>>;
  /** «2 отмены». */
  count(kind: ChangeKind, count: number): string;
  /** How many changes were not told (≥ 1). */
  more(count: number): string;
  /** Seen once; the source has not answered since. */
  readonly unsure: string;
  /** The heading of what is repeated: «Каждый вторник, с 14 октября». */
  repeated(run: Run, weekday: Weekday, date: (day: Day) => string): string;
  correction(day: string): string;
};

/** One message of all changes: up to eight in full, beyond that the nearest days in full and a line for each of the others. */
export function changesMessage(
  { title, changes, more = 0, unsure, zone, own }: Extract<Saying, { kind: 'changes' }>,
  today: Day,
  words: ChangeWords,
): Message {
  const groups = [...Map.groupBy(changes, (change) => headOf(change, today, words))];
  let room = TOLD;
  const told = groups.map(([head, lines]) => {
    room -= lines.length;
    return { head, lines, full: room >= 0 };
  });
  const folded = told.filter(({ full }) => !full);
  const text = [
    `${words.title} · ${short(title, TITLE)}${clocksIn(zone, own, words)}`,
    ...told
      .filter(({ full }) => full)
      .map(({ head, lines }) => `${head}\n${lines.map((change) => `• ${changeText(change, words)}`).join('\n')}`),
    folded.map(({ head, lines }) => `${head}: ${counted(lines, words)}`).join('\n'),
    more === 0 ? '' : words.more(more),
    unsure === true ? words.unsure : '',
  ];
  const { labels } = words;
  const week = { label: labels.week, say: 'неделя' };
  // What is folded here is told in full by the history of changes, where it stands first.
  const all = folded.length > 0 || more > 0 ? [[{ label: labels.all, say: 'изменения' }]] : [];
  return { text: fit(text.filter((part) => part !== '').join('\n\n')), buttons: [...all, [week]] };
}

/** What a reminder had wrong. */
export function correctionText(
  { change, zone, own }: Extract<Saying, { kind: 'follow-up' }>,
  today: Day,
  words: ChangeWords,
): string {
  const head = words.correction(longDay(dayOf(change), today, words.lesson.language));
  return fit(`${head}${clocksIn(zone, own, words)}\n${changeText(change, words)}`);
}

/** Whose clocks the times are, where they are not the timetable's. */
function clocksIn(zone: Zone, own: true | undefined, { lesson }: ChangeWords): string {
  return own === true ? ` · ${clocksOf(zone, lesson.language)}` : '';
}

function headOf(change: ChangeLine, today: Day, words: ChangeWords): string {
  const { language } = words.lesson;
  const { run } = change;
  if (run === undefined) return capital(namedDay(dayOf(change), today, language));
  return capital(words.repeated(run, weekdayOf(run.from), (day) => dayMonth(day, today, language)));
}

/** «2 отмены, 1 перенос»: each change counts once, as the first of its kinds. */
function counted(lines: readonly ChangeLine[], words: ChangeWords): string {
  const kinds = Map.groupBy(lines, (change) => kindsOf(change)[0]);
  return [...kinds].map(([kind, some]) => (kind === undefined ? '' : words.count(kind, some.length))).join(', ');
}

/** One change in one line: subject, time and place are always in it. The old date may be left to what stands before it. */
export function changeText(
  change: ChangeLine,
  words: ChangeWords,
  day: 'to be told' | 'day is known' = 'to be told',
): string {
  let text = '';
  for (const way of day === 'day is known' ? WAYS.filter(({ dated }) => !dated) : WAYS) {
    text = change.kind === 'altered' ? alteredText(change, words, way) : wholeText(change, words, way);
    if (text.length <= LINE) break;
  }
  return text;
}

function wholeText(change: Exclude<ChangeLine, Altered>, words: ChangeWords, way: Way): string {
  const one = cutTo('before' in change ? change.before : change.after, way);
  return `${timed(one, words.lesson)}${placed(one, words.lesson)} — ${words.became(change.kind, one.kind)}`;
}

function alteredText({ before, after, what, run }: Altered, words: ChangeWords, way: Way): string {
  const [was, is] = [cutTo(before, way), cutTo(after, way)];
  // Time and place are told once: in front, or by the change itself.
  const head = what.includes('time') ? subjectOf(was, words.lesson) : timed(was, words.lesson);
  const place = what.includes('room') || what.includes('format') ? '' : placed(is, words.lesson);
  // Another format names the new place itself.
  const fields = what.filter((one) => one !== 'time').filter((one) => one !== 'room' || !what.includes('format'));
  const time = what.includes('time') ? timeText(was, is, run !== undefined, words, way) : '';
  const told = way.brief
    ? fields.map((one) => newText(one, is, words, way)).join(', ')
    : fields.map((one) => fieldText(one, was, is, words, way)).join('; ');
  if (time === '') return `${head}${place} — ${way.brief ? words.now(told) : told}`;
  return `${head}${place} — ${[time, told].filter((part) => part !== '').join(way.brief ? ', ' : '; ')}`;
}

/** Names from outside, cleaned and cut before anything is made of them. */
function cutTo(lesson: LessonLine, { subject, room }: Way): LessonLine {
  return { ...lesson, subject: short(lesson.subject, subject), room: short(lesson.room, room) };
}

function timed(lesson: LessonLine, words: Words): string {
  return lesson.allDay ? subjectOf(lesson, words) : `${lesson.start} ${subjectOf(lesson, words)}`;
}

function subjectOf(lesson: LessonLine, words: Words): string {
  const subgroup = subgroupOf(lesson, words);
  return subgroup === '' ? titleOf(lesson, words) : `${titleOf(lesson, words)}, ${subgroup}`;
}

function placed(lesson: LessonLine, words: Words): string {
  const place = placeOf(lesson, words);
  return place === '' ? '' : `, ${place}`;
}

function fieldText(
  what: Exclude<Field, 'time'>,
  was: LessonLine,
  is: LessonLine,
  words: ChangeWords,
  way: Way,
): string {
  const { lesson, parts, formats } = words;
  switch (what) {
    case 'room':
      return arrow(parts.room, was.room, is.room);
    case 'teacher':
      return arrow(parts.teacher, cut(teachersOf(was), way.teachers), cut(teachersOf(is), way.teachers));
    case 'subject':
      return words.now(is.subject);
    case 'kind':
      return arrow(parts.kind, kindOf(was, lesson), kindOf(is, lesson));
    case 'format':
      return `${formats[was.format]} → ${formatOf(is, words)}`;
  }
}

/** What is new; a part that is no longer known is named. */
function newText(what: Exclude<Field, 'time'>, is: LessonLine, words: ChangeWords, way: Way): string {
  const { lesson, parts } = words;
  switch (what) {
    case 'room':
      return is.room || arrow(parts.room, '', '');
    case 'teacher':
      return cut(teachersOf(is), way.teachers) || arrow(parts.teacher, '', '');
    case 'subject':
      return is.subject;
    case 'kind':
      return kindOf(is, lesson) || arrow(parts.kind, '', '');
    case 'format':
      return formatOf(is, words);
  }
}

/** «очно, 404Л», «💻 дистанционно», «404Л или 💻 подключиться». */
function formatOf(is: LessonLine, words: ChangeWords): string {
  const place = placeOf(is, words.lesson);
  if (is.format !== 'onsite') return place;
  return place === '' ? words.formats.onsite : `${words.formats.onsite}, ${place}`;
}

/** A day is named when it becomes another, the old one in full only; one that repeats has a weekday and no date. */
function timeText(was: LessonLine, is: LessonLine, repeats: boolean, words: ChangeWords, way: Way): string {
  const { lesson } = words;
  if (was.day === is.day && was.start === is.start && was.allDay === is.allDay)
    return `${hours(was, lesson)} → ${hours(is, lesson)}`;
  const clock = (one: LessonLine) => (one.allDay ? lesson.allDay : one.start);
  const named = (one: LessonLine) =>
    `${repeats ? weekdayName(one.day, lesson.language) : tinyDay(one.day, lesson.language)} ${clock(one)}`;
  if (was.day === is.day) return words.moved(was.kind, clock(was), clock(is));
  return words.moved(was.kind, way.dated || repeats ? named(was) : clock(was), named(is));
}

/** «ауд. 404Л → 510М»; what is not known on one side is not drawn as an arrow to nowhere. */
function arrow({ label, sign, none }: Part, was: string, is: string): string {
  if (is === '') return `${label} ${none}`;
  if (was === '') return `${label} ${is}`;
  return `${sign === '' ? '' : `${sign} `}${was} → ${is}`;
}
