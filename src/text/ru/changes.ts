/** The words of changes, in Russian. */
import type { ChangeWords } from '../changes.ts';
import { plural } from '../format.ts';
import type { MarkWords } from '../marks.ts';
import { WORDS } from './words.ts';

type Forms = readonly [one: string, few: string, many: string];

const WEEKDAYS = {
  each: [
    'каждый понедельник',
    'каждый вторник',
    'каждую среду',
    'каждый четверг',
    'каждую пятницу',
    'каждую субботу',
    'каждое воскресенье',
  ],
  on: ['понедельникам', 'вторникам', 'средам', 'четвергам', 'пятницам', 'субботам', 'воскресеньям'],
} as const;

const COUNTS: Readonly<Record<Parameters<ChangeWords['count']>[0], Forms>> = {
  cancelled: ['отмена', 'отмены', 'отмен'],
  restored: ['возврат', 'возврата', 'возвратов'],
  added: ['новая пара', 'новые пары', 'новых пар'],
  moved: ['перенос', 'переноса', 'переносов'],
  room: ['смена аудитории', 'смены аудитории', 'смен аудитории'],
  teacher: ['замена преподавателя', 'замены преподавателя', 'замен преподавателя'],
  subject: ['замена предмета', 'замены предмета', 'замен предмета'],
  kind: ['смена вида занятия', 'смены вида занятия', 'смен вида занятия'],
  format: ['смена формата', 'смены формата', 'смен формата'],
};

/** What a lesson of this kind is called, and how verbs agree with it; anything else is «пара». */
const NOUNS: Readonly<Record<string, { readonly fresh: string; readonly ending: '' | 'о' }>> = {
  exam: { fresh: 'новый экзамен', ending: '' },
  test: { fresh: 'новый зачёт', ending: '' },
  'graded-test': { fresh: 'новый зачёт', ending: '' },
  'class-hour': { fresh: 'новый классный час', ending: '' },
  meeting: { fresh: 'новое собрание', ending: 'о' },
};

export const changes: ChangeWords = {
  lesson: WORDS,
  title: 'Изменения',
  labels: { week: 'Неделя', all: 'Показать всё' },
  became(what, kind) {
    if (what === 'restored') return 'снова состоится';
    if (what === 'added') return kind === 'consultation' ? 'новая консультация' : (nounOf(kind)?.fresh ?? 'новая пара');
    return agreed(kind, 'отменён', 'отменен');
  },
  moved: (kind, from, to) => `${agreed(kind, 'перенесён', 'перенесен')}: ${from} → ${to}`,
  now: (what) => `теперь ${what}`,
  parts: {
    room: { label: 'аудитория', sign: 'ауд.', none: 'не указана' },
    teacher: { label: 'преподаватель', sign: '', none: 'не указан' },
    kind: { label: 'вид', sign: '', none: 'не указан' },
  },
  formats: { onsite: 'очно', remote: '💻 дистанционно', hybrid: 'очно или 💻 подключиться' },
  count: (kind, count) => `${count} ${plural(count, COUNTS[kind])}`,
  more: (count) => `…и ещё ${count} ${plural(count, ['изменение', 'изменения', 'изменений'])}`,
  unsure: 'Перепроверить пока не вышло: сайт с расписанием перестал отвечать. На всякий случай загляни туда сам.',
  repeated({ from, to, every, parity, except, open }, weekday, date) {
    const on = WEEKDAYS.on[weekday - 1];
    const week = parity === null ? null : parity === 'even' ? 'чётной' : 'нечётной';
    const when =
      every === 1 ? WEEKDAYS.each[weekday - 1] : week === null ? `через неделю по ${on}` : `по ${on} ${week} недели`;
    // «Со второго», but «с двенадцатого».
    const since = `${/^2 /.test(date(from)) ? 'со' : 'с'} ${date(from)}`;
    const until = open ? '' : ` по ${date(to)}`;
    const but =
      except.length === 0
        ? ''
        : `, кроме ${except
            .map(date)
            .join(', ')
            .replace(/, ([^,]*)$/, ' и $1')}`;
    return `${when}, ${since}${until}${but}`;
  },
  correction: (day) => `Поправка к напоминанию · ${day}`,
};

export const marks: MarkWords = {
  changes,
  moved: (kind, from) => `${agreed(kind, 'перенесён', 'перенесен')} с ${from}`,
  was: (what) => `было ${what}`,
  // Neither «вёл» nor «вела»: a surname does not always say which.
  taught: (teachers) => `раньше ${teachers}`,
  known: { place: 'указана аудитория', teacher: 'указан преподаватель', kind: 'указан вид' },
};

function nounOf(kind: string) {
  return Object.hasOwn(NOUNS, kind) ? NOUNS[kind] : undefined;
}

/** «отменён экзамен, отменено собрание, отменена пара». */
function agreed(kind: string, masculine: string, stem: string): string {
  const ending = nounOf(kind)?.ending ?? 'а';
  return ending === '' ? masculine : stem + ending;
}
