/** What the bot sends by itself, in Russian: reminders, the evening digest, changes, corrections, and a held import. */
import { type Day, type Instant, instantOf, wallOf, type Zone } from '../../domain/calendar.ts';
import type { ChangeLine, LessonLine, Saying } from '../../domain/notice.ts';
import {
  capital,
  clean,
  cut,
  details,
  fit,
  hours,
  kindOf,
  lessonText,
  longDay,
  namedDay,
  placeOf,
  plural,
  short,
  subgroupOf,
  teachersOf,
  tinyDay,
  titleOf,
} from '../format.ts';
import type { Message } from '../message.ts';
import { acceptWords } from '../offer.ts';
import { WORDS } from './words.ts';

const MINUTE = 60_000;
/** More changes than this are counted, not told. */
const TOLD = 8;
const NAME = 80;

/** A saying in words, true at the moment of sending: before a lesson its hour is named, after its start how long ago that was. */
export function say(saying: Saying, now: Instant): Message {
  const today = wallOf(now, saying.zone).day;
  switch (saying.kind) {
    case 'reminder':
      return { text: fit(reminderText(saying.lessons, saying.zone, now, today)) };
    case 'evening':
      return {
        text: fit(eveningText(saying.day, saying.lessons, today)),
        buttons: [[{ label: 'Не присылать', say: 'вечером не присылать' }]],
      };
    case 'changes':
      return {
        text: fit(changesText(saying.title, saying.changes, saying.more ?? 0, today)),
        buttons: [[{ label: 'Неделя', say: 'неделя' }]],
      };
    case 'follow-up':
      return {
        text: fit(
          `Поправка к напоминанию · ${longDay(dayOf(saying.change), today, 'ru')}\n${changeText(saying.change)}`,
        ),
      };
    case 'held':
      return {
        text: `Расписание «${short(saying.title, NAME)}»: ${HELD[saying.reason]} Оставляю прежнее и буду проверять дальше.`,
        buttons: [[{ label: 'Принять', say: acceptWords(saying.title) }]],
      };
  }
}

const HELD = {
  empty: 'источник прислал пустое расписание, хотя впереди были занятия.',
  shrunk: 'из источника разом пропало больше трети занятий.',
  shifted: 'все занятия в источнике сдвинулись на одно и то же время.',
  unreadable: 'источник прислал страницу, которую не получилось прочитать.',
} as const;

function reminderText(lessons: readonly LessonLine[], zone: Zone, now: Instant, today: Day): string {
  const first = lessons[0];
  if (first === undefined) throw new Error('a reminder of nothing');
  const late = Math.floor((now - instantOf(first.day, first.start, zone)) / MINUTE);
  const when =
    late >= 0
      ? begun(late)
      : `${first.day === today ? 'В' : `${capital(namedDay(first.day, today, 'ru'))}, в`} ${first.start}`;
  if (lessons.length === 1) return `${when} — ${withDetails(first)}`;
  return `${when}:\n${lessons.map((lesson) => `• ${withDetails(lesson)}`).join('\n')}`;
}

function begun(late: number): string {
  return late === 0 ? 'Началась только что' : `Началась ${late} мин назад`;
}

function withDetails(lesson: LessonLine): string {
  const below = details(lesson, WORDS);
  return below === '' ? titleOf(lesson, WORDS) : `${titleOf(lesson, WORDS)}\n   ${below}`;
}

function eveningText(day: Day, lessons: readonly LessonLine[], today: Day): string {
  const live = lessons.filter((lesson) => !lesson.cancelled);
  const starts = [...new Set(live.filter((lesson) => !lesson.allDay).map((lesson) => lesson.start))].sort();
  const head = capital(namedDay(day, today, 'ru'));
  return [
    `${head}: ${eveningSum(live.length, starts)}`,
    '',
    ...lessons.map((lesson) => lessonText(lesson, WORDS)),
  ].join('\n');
}

/** Two subgroups at one hour are one pair of the day. */
function eveningSum(live: number, starts: readonly string[]): string {
  if (live === 0) return 'всё отменено';
  if (starts.length === 0) return 'занятия на весь день';
  const count = `${starts.length} ${plural(starts.length, ['пара', 'пары', 'пар'])}`;
  return starts.length === 1 ? `${count}, в ${starts[0]}` : `${count}, первая в ${starts[0]}`;
}

function changesText(title: string, changes: readonly ChangeLine[], more: number, today: Day): string {
  const told = changes.slice(0, TOLD);
  const rest = changes.length - told.length + more;
  const days = [...Map.groupBy(told, dayOf)].map(
    ([day, lines]) =>
      `${capital(longDay(day, today, 'ru'))}\n${lines.map((change) => `• ${changeText(change)}`).join('\n')}`,
  );
  const tail = rest === 0 ? [] : [`…и ещё ${rest} ${plural(rest, ['изменение', 'изменения', 'изменений'])}`];
  return [`Изменения · ${short(title, NAME)}`, ...days, ...tail].join('\n\n');
}

/** One change in one line: subject, time and place are always in it. */
function changeText(change: ChangeLine): string {
  switch (change.kind) {
    case 'cancelled':
      return `${named(change.before)}${placed(change.before)} — отменена`;
    case 'restored':
      return `${named(change.after)}${placed(change.after)} — снова состоится`;
    case 'added':
      return `${named(change.after)}${placed(change.after)} — новая пара`;
    case 'altered': {
      const { before, after, what } = change;
      // Time and place are told once: in front, or by the change itself.
      const head = isMoved(before, after) ? subjectOf(before) : named(before);
      const place = what.includes('room') || what.includes('format') ? '' : placed(after);
      // Another format names the new place itself.
      const told = what.filter((one) => one !== 'room' || !what.includes('format'));
      return `${head}${place} — ${told.map((one) => alteration(one, before, after)).join('; ')}`;
    }
  }
}

function named(lesson: LessonLine): string {
  return lesson.allDay ? subjectOf(lesson) : `${lesson.start} ${subjectOf(lesson)}`;
}

function subjectOf(lesson: LessonLine): string {
  const subgroup = subgroupOf(lesson, WORDS);
  return subgroup === '' ? titleOf(lesson, WORDS) : `${titleOf(lesson, WORDS)}, ${subgroup}`;
}

function placed(lesson: LessonLine): string {
  const place = placeOf(lesson, WORDS);
  return place === '' ? '' : `, ${place}`;
}

function isMoved(was: LessonLine, is: LessonLine): boolean {
  return was.day !== is.day || was.start !== is.start;
}

function alteration(
  what: Extract<ChangeLine, { kind: 'altered' }>['what'][number],
  was: LessonLine,
  is: LessonLine,
): string {
  switch (what) {
    case 'time':
      return moved(was, is);
    case 'room':
      return arrow('аудитория', short(was.room, 40), short(is.room, 40), 'не указана');
    case 'teacher':
      return arrow('преподаватель', teachersOf(was), teachersOf(is), 'не указан');
    case 'subject':
      return `теперь ${cut(clean(is.subject), NAME)}`;
    case 'kind':
      return arrow('вид', kindOf(was, WORDS), kindOf(is, WORDS), 'не указан');
    case 'format':
      return `${FORMATS[was.format]} → ${placeOf(is, WORDS) || FORMATS[is.format]}`;
    case 'subgroup':
      return arrow('подгруппа', subgroupOf(was, WORDS), subgroupOf(is, WORDS), 'не важна: вся группа');
    case 'note':
      return 'изменилось примечание';
  }
}

const FORMATS = { onsite: 'очно', remote: '💻 дистанционно', hybrid: 'очно или 💻 подключиться' } as const;

function moved(was: LessonLine, is: LessonLine): string {
  if (!isMoved(was, is)) return `теперь ${hours(is, WORDS)}`;
  return `перенесена: ${moment(was)} → ${moment(is)}`;
}

function moment(lesson: LessonLine): string {
  return `${tinyDay(lesson.day, 'ru')} ${lesson.allDay ? WORDS.allDay : lesson.start}`;
}

/** «аудитория 404Л → 510М»; what is not known on one side is not drawn as an arrow to nowhere. */
function arrow(label: string, was: string, is: string, none: string): string {
  if (is === '') return `${label} ${none}`;
  return was === '' ? `${label} ${is}` : `${label} ${was} → ${is}`;
}

function dayOf(change: ChangeLine): Day {
  return change.kind === 'cancelled' || change.kind === 'altered' ? change.before.day : change.after.day;
}
