import { describe, expect, test } from 'vitest';
import { addDays, instantOf } from '../../src/domain/calendar.ts';
import type { LessonLine, Saying } from '../../src/domain/notice.ts';
import { DOUBTS, type Doubt } from '../../src/domain/verdict.ts';
import { say as sayEn } from '../../src/text/en/saying.ts';
import { say } from '../../src/text/ru/saying.ts';
import { lessonLine } from './make.ts';

const ZONE = 'Asia/Novosibirsk';
const COMMON = { language: 'ru', zone: ZONE } as const;
const at = (clock: string, day = '2026-11-24') => instantOf(day, clock, ZONE);
const said = (saying: Saying, now: number) => say(saying, now).text;

describe('a reminder', () => {
  const one: Saying = { ...COMMON, kind: 'reminder', lessons: [lessonLine()] };

  test.each([
    ['an hour before', at('08:45'), 'В 09:45 — Математический анализ (лек.)\n   404Л · Иванов И. И.'],
    ['on the last second', at('09:45') - 1, 'В 09:45 — Математический анализ (лек.)\n   404Л · Иванов И. И.'],
    ['at the start', at('09:45'), 'Началась только что — Математический анализ (лек.)\n   404Л · Иванов И. И.'],
    ['late', at('09:49'), 'Началась 4 мин назад — Математический анализ (лек.)\n   404Л · Иванов И. И.'],
    [
      'the evening before',
      at('20:00', '2026-11-23'),
      'Завтра, вт 24 ноября, в 09:45 — Математический анализ (лек.)\n   404Л · Иванов И. И.',
    ],
  ])('%s', (_, now, expected) => {
    expect(said(one, now)).toBe(expected);
  });

  test('of two subgroups', () => {
    const lessons = [
      lessonLine({ subgroup: '1' }),
      lessonLine({ subgroup: '2', subject: 'Физика', kind: 'lab', room: '', format: 'remote' }),
    ];
    expect(said({ ...COMMON, kind: 'reminder', lessons }, at('09:30'))).toMatchInlineSnapshot(`
      "В 09:45:
      • Математический анализ (лек.)
         404Л · Иванов И. И. · 1 подгр.
      • Физика (лаб.)
         💻 дистанционно · Иванов И. И. · 2 подгр."
    `);
    expect(say({ ...COMMON, kind: 'reminder', lessons }, at('09:30')).buttons).toBeUndefined();
  });
});

describe('a reminder of joined lessons', () => {
  const joined = lessonLine({ end: '13:05', joined: 2 });
  const one: Saying = { ...COMMON, kind: 'reminder', lessons: [joined] };
  const pair: Saying = {
    ...COMMON,
    kind: 'reminder',
    lessons: [joined, lessonLine({ subgroup: '2', subject: 'Физика' })],
  };
  const english = (saying: Saying, now: number) => sayEn({ ...saying, language: 'en' }, now).text;

  test.each([
    [
      'before',
      at('09:30'),
      '09:45–13:05 — Математический анализ (лек.)',
      '09:45–13:05 — Математический анализ (lecture)',
    ],
    [
      'the evening before',
      at('20:00', '2026-11-23'),
      'Завтра, вт 24 ноября, 09:45–13:05 — Математический анализ (лек.)',
      'Tomorrow, Tue 24 November, 09:45–13:05 — Математический анализ (lecture)',
    ],
    [
      'late',
      at('09:49'),
      'Началась 4 мин назад — Математический анализ (лек.), до 13:05',
      'Started 4 min ago — Математический анализ (lecture), until 13:05',
    ],
  ])('%s', (_, now, russian, inEnglish) => {
    expect(said(one, now)).toBe(`${russian}\n   404Л · Иванов И. И.`);
    expect(english(one, now)).toBe(`${inEnglish}\n   404Л · Иванов И. И.`);
  });

  test('beside another subgroup', () => {
    expect(said(pair, at('09:30'))).toMatchInlineSnapshot(`
      "В 09:45:
      • Математический анализ (лек.), до 13:05
         404Л · Иванов И. И.
      • Физика (лек.)
         404Л · Иванов И. И. · 2 подгр."
    `);
  });
});

describe('the other digests', () => {
  const lessons = [
    lessonLine({ number: 1, start: '08:00', end: '09:35', cancelled: true }),
    lessonLine(),
    lessonLine({ day: '2026-11-26', number: 4, start: '13:30', end: '15:05', subject: 'История', kind: 'exam' }),
  ];
  const week: Saying = { ...COMMON, kind: 'week', day: '2026-11-23', lessons };

  test('in the morning say today', () => {
    const morning: Saying = { ...COMMON, kind: 'morning', day: '2026-11-24', lessons: lessons.slice(0, 2) };
    expect(said(morning, at('07:30'))).toMatchInlineSnapshot(`
      "Сегодня, вт 24 ноября: к 2-й паре, 09:45; 1-я отменена

      1. 08:00–09:35  Математический анализ (лек.)
         ❌ отменена
      2. 09:45–11:20  Математический анализ (лек.)
         404Л · Иванов И. И."
    `);
    expect(sayEn({ ...morning, language: 'en' }, at('07:30')).text).toMatchInlineSnapshot(`
      "Today, Tue 24 November: from lesson 2, 09:45; lesson 1 is cancelled

      1. 08:00–09:35  Математический анализ (lecture)
         ❌ cancelled
      2. 09:45–11:20  Математический анализ (lecture)
         404Л · Иванов И. И."
    `);
    expect(say(morning, at('07:30')).buttons).toEqual([[{ label: 'Не присылать', say: 'утром не присылать' }]]);
  });

  test('of a week', () => {
    expect(said(week, at('18:00', '2026-11-22'))).toMatchInlineSnapshot(`
      "Неделя 23–29 ноября: 2 занятия, 1 отменено

      Вт, 24 ноября
      1. 08:00–09:35  Математический анализ (лек.)
         ❌ отменена
      2. 09:45–11:20  Математический анализ (лек.)
         404Л · Иванов И. И.

      Чт, 26 ноября
      4. 13:30–15:05  История (экзамен)
         404Л · Иванов И. И."
    `);
    expect(sayEn({ ...week, language: 'en' }, at('18:00', '2026-11-22')).text).toMatchInlineSnapshot(`
      "The week of 23–29 November: 2 events, 1 cancelled

      Tue, 24 November
      1. 08:00–09:35  Математический анализ (lecture)
         ❌ cancelled
      2. 09:45–11:20  Математический анализ (lecture)
         404Л · Иванов И. И.

      Thu, 26 November
      4. 13:30–15:05  История (exam)
         404Л · Иванов И. И."
    `);
    expect(say(week, at('18:00', '2026-11-22')).buttons).toEqual([
      [{ label: 'Не присылать', say: 'неделю не присылать' }],
    ]);
  });

  test('of a week in which everything is off', () => {
    const off: Saying = { ...week, lessons: [lessonLine({ cancelled: true })] };
    expect(said(off, at('18:00', '2026-11-22')).split('\n')[0]).toBe('Неделя 23–29 ноября: всё отменено');
  });

  test('a full week is told in a line a lesson, and fits', () => {
    const many = Array.from({ length: 70 }, (_, n) =>
      lessonLine({
        day: addDays('2026-11-23', n % 7),
        subject: 'Очень длинное название предмета '.repeat(3),
        teachers: ['Константинопольский К. К.'],
      }),
    );
    const { length } = said({ ...week, lessons: many }, at('18:00', '2026-11-22'));
    expect(length).toBeLessThanOrEqual(4096);
    expect(said({ ...week, lessons: many }, at('18:00', '2026-11-22'))).toContain('Вс, 29 ноября');
  });
});

describe('the evening digest', () => {
  const evening = (lessons: readonly LessonLine[]): Saying => ({
    ...COMMON,
    kind: 'evening',
    day: '2026-11-24',
    lessons,
  });
  const now = at('19:00', '2026-11-23');

  test('of a day', () => {
    const lessons = [
      lessonLine({ number: 1, start: '08:00', end: '09:35', cancelled: true }),
      lessonLine({ subgroup: '1' }),
      lessonLine({ subgroup: '2', subject: 'Физика', kind: 'lab' }),
      lessonLine({
        number: 4,
        start: '13:30',
        end: '15:05',
        subject: 'История',
        kind: 'seminar',
        room: '',
        teachers: [],
      }),
    ];
    expect(said(evening(lessons), now)).toMatchInlineSnapshot(`
      "Завтра, вт 24 ноября: к 2-й паре, 09:45; 1-я отменена

      1. 08:00–09:35  Математический анализ (лек.)
         ❌ отменена
      2. 09:45–11:20  Математический анализ (лек.)
         404Л · Иванов И. И. · 1 подгр.
      2. 09:45–11:20  Физика (лаб.)
         404Л · Иванов И. И. · 2 подгр.
      4. 13:30–15:05  История (сем.)"
    `);
    expect(say(evening(lessons), now).buttons).toEqual([[{ label: 'Не присылать', say: 'вечером не присылать' }]]);
  });

  test.each([
    [[lessonLine()], 'Завтра, вт 24 ноября: к 2-й паре, 09:45'],
    [[lessonLine({ number: null })], 'Завтра, вт 24 ноября: 1 пара, в 09:45'],
    [
      [lessonLine({ number: null }), lessonLine({ number: null, start: '11:30' })],
      'Завтра, вт 24 ноября: 2 пары, первая в 09:45',
    ],
    [
      [1, 2, 4].map((number) => lessonLine({ number, start: `1${number}:00`, cancelled: number !== 2 })),
      'Завтра, вт 24 ноября: к 2-й паре, 12:00; 1-я и 4-я отменены',
    ],
    [
      [
        lessonLine({ number: null, start: '08:00', cancelled: true }),
        lessonLine({ number: null }),
        lessonLine({ number: null, start: '13:30', cancelled: true }),
      ],
      'Завтра, вт 24 ноября: 1 пара, в 09:45; отменены пары в 08:00 и 13:30',
    ],
    // One subgroup's lesson is off, the other's takes place: the pair does.
    [
      [lessonLine({ cancelled: true, subgroup: '1' }), lessonLine({ subgroup: '2' })],
      'Завтра, вт 24 ноября: к 2-й паре, 09:45',
    ],
    // Another lesson stands in its place.
    [[lessonLine({ cancelled: true }), lessonLine({ subject: 'Физика' })], 'Завтра, вт 24 ноября: к 2-й паре, 09:45'],
    [[lessonLine({ cancelled: true })], 'Завтра, вт 24 ноября: всё отменено'],
    [[lessonLine({ allDay: true, endDay: '2026-11-25' })], 'Завтра, вт 24 ноября: занятия на весь день'],
  ])('%#', (lessons, head) => {
    expect(said(evening(lessons), now).split('\n')[0]).toBe(head);
  });

  test('names the day as it is when it is read', () => {
    expect(said(evening([lessonLine()]), at('00:05'))).toMatch(/^Сегодня, вт 24 ноября: /);
  });
});

test('the largest still fits a message and mentions nobody', () => {
  const huge = lessonLine({
    subject: '[id1|@all] '.repeat(30),
    room: '*id1 '.repeat(50),
    teachers: Array.from({ length: 40 }, () => '@durov'),
  });
  const lessons = Array.from({ length: 60 }, () => huge);
  for (const speak of [say, sayEn]) {
    for (const saying of [
      { ...COMMON, kind: 'evening', day: '2026-11-24', lessons },
      { ...COMMON, kind: 'week', day: '2026-11-23', lessons: Array.from({ length: 200 }, () => huge) },
      { ...COMMON, kind: 'reminder', lessons },
    ] satisfies Saying[]) {
      const { text } = speak(saying, at('09:00', '2026-11-23'));
      expect(text.length).toBeLessThanOrEqual(4096);
      expect(text).not.toMatch(/\[id1|[@*][a-z]/);
    }
  }
});

describe('trouble with sources', () => {
  const now = instantOf('2026-11-26', '14:05', COMMON.zone);
  const since = instantOf('2026-11-25', '09:30', COMMON.zone);
  const source: Saying = {
    ...COMMON,
    kind: 'source',
    state: 'broken',
    key: 'ruz:hse',
    name: 'НИУ ВШЭ',
    all: 500,
    failing: 2,
    held: 1,
    why: { kind: 'unreachable', detail: 'http-502' },
    since: now,
  };
  const calendar: Saying = {
    ...COMMON,
    kind: 'calendar',
    state: 'failing',
    title: 'ИВТ-11',
    problem: { kind: 'blocked', detail: 'http-403', since },
  };

  test.each<[string, Saying, string, string]>([
    [
      'a source breaks',
      source,
      'Источник НИУ ВШЭ (ruz:hse): не читается 2 из 500, придержано 1 из 500. Причина: сайт не отвечает (http-502). Прежние расписания остаются, пробую дальше.',
      'Source НИУ ВШЭ (ruz:hse): 2 of 500 not read, 1 of 500 held. The reason: the site does not answer (http-502). The previous timetables stay, and I go on trying.',
    ],
    [
      'a source is held',
      { ...source, failing: 0, why: { kind: 'held', detail: 'gap' } },
      'Источник НИУ ВШЭ (ruz:hse): придержано 1 из 500. Причина: пропала целая неделя. Прежние расписания остаются, пробую дальше.',
      'Source НИУ ВШЭ (ruz:hse): 1 of 500 held. The reason: a whole week vanished. The previous timetables stay, and I go on trying.',
    ],
    [
      'a source is back',
      { ...source, state: 'back', failing: 0, held: 0, why: null, since, all: 1 },
      'Источник НИУ ВШЭ (ruz:hse) снова в порядке: 1 расписание. Беда началась 25 ноября, 09:30.',
      'Source НИУ ВШЭ (ruz:hse) is well again: 1 timetable. The trouble began 25 November, 09:30.',
    ],
    [
      'a calendar fails for long',
      calendar,
      'Расписание «ИВТ-11» не читается с 25 ноября, 09:30: сайт не пускает (http-403). Показываю прежнее расписание и пробую дальше. Если адрес сменился, пришли новый.',
      'Timetable “ИВТ-11” has not been read since 25 November, 09:30: the site lets nobody in (http-403). I show the previous timetable and go on trying. If its address changed, send the new one.',
    ],
    [
      'a calendar is back',
      { ...calendar, state: 'back', problem: null },
      'Расписание «ИВТ-11» снова читается.',
      'Timetable “ИВТ-11” is read again.',
    ],
  ])('%s', (_, saying, russian, english) => {
    expect(say(saying, now).text).toBe(russian);
    expect(sayEn(saying, now).text).toBe(english);
  });

  test('an operator goes on by a button', () => {
    expect(say(source, now).buttons).toEqual([[{ label: 'Подробнее', say: 'источники ruz:hse' }]]);
  });
});

describe('a timetable that somebody waits for', () => {
  const ready = (day: string | null, lessons: readonly LessonLine[]): Saying => ({
    ...{ ...COMMON, kind: 'ready', title: 'ПИ-21' },
    ...{ day, lessons },
  });

  test('was read: its nearest day', () => {
    const message = say(ready('2026-11-24', [lessonLine()]), at('19:00', '2026-11-23'));
    expect(message.text).toBe(
      'Прочитал расписание «ПИ-21».\n\nЗавтра, вт 24 ноября\n\n2. 09:45–11:20  Математический анализ (лек.)\n   404Л · Иванов И. И.',
    );
    expect(message.buttons).toEqual([[{ label: 'Неделя', say: 'ПИ-21 неделя' }]]);
    expect(said(ready(null, []), at('19:00'))).toBe('Прочитал расписание «ПИ-21». Занятий впереди пока нет.');
  });

  test('could not be read: why, and what else it may be', () => {
    const unread = (why: string, follows: boolean, suggestions: string[] = []): Saying => ({
      ...{ ...COMMON, kind: 'unread', title: 'ПИ-21', detail: '' },
      ...{ why, follows, suggestions },
    });
    expect(said(unread('unreachable', true), 0)).toBe(
      'Расписание «ПИ-21» прочитать пока не получилось: сайт университета сейчас не отвечает. Пришлю, как только получится.',
    );
    const message = say(unread('unknown-param', false, ['ПИ-22']), 0);
    expect(message.text).toContain('на сайте университета его сейчас нет. Может быть, нужно другое?');
    expect(message.buttons).toEqual([[{ label: 'ПИ-22', say: 'ПИ-22 ближайшее' }]]);
  });
});

test('a held import is told to its owner', () => {
  const held = (reason: Doubt) => said({ ...COMMON, kind: 'held', title: 'ПИ-21', reason }, 0);
  expect(held('empty')).toBe(
    'Расписание «ПИ-21»: источник прислал пустое расписание, хотя впереди были занятия. Оставляю прежнее и буду проверять дальше.',
  );
  expect(new Set(DOUBTS.map(held)).size).toBe(DOUBTS.length);
});

describe('homework', () => {
  const lecture = lessonLine({ homework: '№5–7' });
  const practice = lessonLine({ start: '11:30', end: '13:05', kind: 'practice' });
  const homework = (lessons: LessonLine[], late?: true): Saying => ({
    ...{ ...COMMON, kind: 'homework', day: '2026-11-24', lessons },
    ...(late === undefined ? {} : { late }),
  });
  const evening = at('19:00', '2026-11-23');

  test('is told with the lesson that has it, not with others of the day', () => {
    expect(said(homework([lecture, practice]), evening)).toBe(
      'Домашка на завтра, вт 24 ноября\n\n• 09:45 Математический анализ (лек.)\n   дз: №5–7',
    );
  });

  test('written down, or taken away, after its hour is told to be so', () => {
    expect(said(homework([lecture, practice], true), evening)).toBe(
      'Новая домашка на завтра, вт 24 ноября\n\n• 09:45 Математический анализ (лек.)\n   дз: №5–7',
    );
    expect(said(homework([practice, lessonLine({ start: '13:30' })], true), at('08:00'))).toBe(
      'Домашки на сегодня, вт 24 ноября, больше нет:\n\n• 11:30 Математический анализ (пр.)',
    );
    expect(sayEn({ ...homework([practice], true), language: 'en' }, evening).text).toBe(
      'No homework any more for tomorrow, Tue 24 November:\n\n• 11:30 Математический анализ (practice)',
    );
  });
});

test.each([
  ['Родительское собрание', 'meeting', 'Родительское собрание'],
  ['Экзамен', 'exam', 'Экзамен'],
  ['Зачет по физике', 'test', 'Зачет по физике'],
  ['Экзаменационная теория', 'exam', 'Экзаменационная теория (экзамен)'],
  ['Программирование', 'practice', 'Программирование (пр.)'],
])('the kind of «%s» (%s) is said once: %s', (subject, kind, title) => {
  expect(said({ ...COMMON, kind: 'reminder', lessons: [lessonLine({ subject, kind })] }, at('08:45'))).toContain(
    `В 09:45 — ${title}\n`,
  );
});

test.each<[string, Partial<LessonLine>[], string, string]>([
  ['an exam', [{ kind: 'exam' }], 'экзамен в 09:45', 'exam at 09:45'],
  [
    'one exam of two subgroups',
    ['1', '2'].map((subgroup) => ({ kind: 'exam', subgroup })),
    'экзамен в 09:45',
    'exam at 09:45',
  ],
  ['a meeting', [{ kind: 'meeting' }], 'собрание в 09:45', 'meeting at 09:45'],
  [
    'an exam after a lesson',
    [{}, { kind: 'exam', start: '14:00' }],
    '2 занятия, первое в 09:45',
    '2 events, the first at 09:45',
  ],
  ['lessons', [{}, { start: '14:00' }], '2 пары, первая в 09:45', '2 lessons, the first at 09:45'],
])('a day of %s says what it is', (_, some, ru, en) => {
  const lessons = some.map((one) => lessonLine({ number: null, ...one }));
  const day: Saying = { ...COMMON, kind: 'evening', day: '2026-11-24', lessons };
  const now = at('19:00', '2026-11-23');
  expect(said(day, now)).toMatch(new RegExp(`^Завтра, вт 24 ноября: ${ru}\n`));
  expect(sayEn({ ...day, language: 'en' }, now).text).toMatch(new RegExp(`^Tomorrow, Tue 24 November: ${en}\n`));
});
