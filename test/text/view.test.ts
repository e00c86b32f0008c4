import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Altered } from '../../src/domain/diff.ts';
import type { Mark, Shown } from '../../src/domain/marks.ts';
import { type LessonLine, line } from '../../src/domain/notice.ts';
import type { DayView, WeekView } from '../../src/domain/view.ts';
import { dayText as dayEn, weekText as weekEn } from '../../src/text/en/view.ts';
import { dayText, weekText } from '../../src/text/ru/view.ts';
import { occurrence } from '../domain/arbitrary.ts';
import { timetable } from './make.ts';

const TODAY = '2026-11-23';
const lessons = (day: string) => [
  occurrence(day, '09:45', { number: 2, subject: 'Математический анализ' }),
  occurrence(day, '11:30', {
    number: 3,
    subject: 'Физика',
    kind: 'lab',
    place: { room: '', link: 'https://call.example/1', format: 'remote' },
    teachers: [],
  }),
];
const day = (patch: Partial<DayView> = {}): DayView => ({
  timetable: timetable(),
  day: '2026-11-24',
  today: TODAY,
  lessons: lessons('2026-11-24'),
  hidden: 0,
  own: null,
  ...patch,
});

describe('a day', () => {
  test('with lessons', () => {
    expect(dayText(day()).text).toMatchInlineSnapshot(`
      "Завтра, вт 24 ноября · ПИ-21

      2. 09:45–11:15  Математический анализ (лек.)
         404Л · Иванов И. И.
      3. 11:30–13:00  Физика (лаб.)
         💻 дистанционно"
    `);
    expect(dayEn(day()).text).toMatchInlineSnapshot(`
      "Tomorrow, Tue 24 November · ПИ-21

      2. 09:45–11:15  Математический анализ (lecture)
         404Л · Иванов И. И.
      3. 11:30–13:00  Физика (lab)
         💻 online"
    `);
  });

  test('says how many lessons are hidden and how to see them', () => {
    const { text, buttons } = dayText(day({ hidden: 2 }), { about: 'показать 12' });
    expect(text).toMatch(/дистанционно\n\nскрыто: 2$/);
    expect(buttons?.at(-1)).toEqual([{ label: 'Показать скрытое', say: 'показать 12 24.11 со скрытыми', edit: true }]);
    expect(dayText(day({ lessons: [], hidden: 1 })).text).toMatch(/Занятий нет\.\n\nскрыто: 1$/);
    expect(dayEn(day({ hidden: 2 })).text).toMatch(/hidden: 2$/);
    expect(dayText(day()).text).not.toContain('скрыто');
  });

  test('buttons lead to the days beside it and to the week; pressing edits', () => {
    expect(dayText(day()).buttons).toEqual([
      [
        { label: '← пн', say: '23.11', edit: true },
        { label: 'Сегодня', say: 'сегодня', edit: true },
        { label: 'ср →', say: '25.11', edit: true },
      ],
      [{ label: 'Неделя', say: 'неделя', edit: true }],
    ]);
    expect(dayText(day({ day: TODAY })).buttons?.[0]?.map((button) => button.label)).toEqual(['← вс', 'вт →']);
    expect(dayText(day({ day: '2026-12-01' })).buttons?.[1]).toEqual([
      { label: 'Неделя', say: 'следующая неделя', edit: true },
    ]);
    expect(dayText(day({ day: '2026-12-31', today: '2026-12-31' })).buttons?.[0]?.at(-1)).toMatchObject({
      say: '01.01.2027',
    });
    expect(dayText(day(), { about: 'ПИ-22' }).buttons?.[1]).toEqual([
      { label: 'Неделя', say: 'ПИ-22 неделя', edit: true },
    ]);
  });

  test('without lessons', () => {
    expect(dayText(day({ lessons: [] })).text).toBe('Завтра, вт 24 ноября · ПИ-21\n\nЗанятий нет.');
    expect(dayText(day({ lessons: [], day: TODAY }), { nearest: '2026-11-24' }).text).toBe(
      'Сегодня, пн 23 ноября · ПИ-21\n\nЗанятий нет. Ближайшие: завтра, вт 24 ноября.',
    );
  });

  test('a lesson listed twice is shown once', () => {
    const twice = [...lessons('2026-11-24'), ...lessons('2026-11-24')];
    expect(dayText(day({ lessons: twice })).text).toBe(dayText(day()).text);
  });

  test('never shows the link, nor lets a name mention anybody', () => {
    const { text } = dayText(day({ timetable: timetable({ name: '[id1|@all]' }) }));
    expect(text).not.toContain('call.example');
    expect(text).not.toMatch(/\[id1|@all/);
  });
});

describe('how fresh it is', () => {
  const freshAt = Date.parse('2026-09-12T11:05:00Z');
  const trouble = { kind: 'unreachable', detail: '', since: freshAt };
  const shown = (patch: Parameters<typeof timetable>[0], now?: number) =>
    dayText(day({ timetable: timetable(patch) }), now === undefined ? {} : { now }).text.split('\n\n')[2] ?? null;

  test('is said only when in doubt', () => {
    expect(shown({})).toBeNull();
    expect(shown({ freshAt })).toBeNull();
    expect(shown({ trouble })).toBe('расписание от 23 ноября, 12:00');
    expect(shown({ freshAt, trouble })).toBe('расписание от 12 сентября, 14:05');
    expect(shown({ freshAt: null, trouble })).toBeNull();
    expect(shown({ freshAt, trouble, kind: 'manual' })).toBeNull();
  });

  test('is said once the next reading is late, to the minute', () => {
    const lateAt = Date.parse('2026-11-23T09:00:00Z');
    expect(shown({ freshAt, lateAt }, lateAt)).toBeNull();
    expect(shown({ freshAt, lateAt }, lateAt + 1)).toBe('расписание от 12 сентября, 14:05');
    expect(shown({ freshAt, lateAt: null }, lateAt + 1)).toBeNull();
  });
});

describe('what has changed lately', () => {
  const [maths, physics] = lessons('2026-11-24');
  if (maths === undefined || physics === undefined) throw new Error('no lessons');
  const was = line(maths);
  const altered = (before: Partial<LessonLine>, ...what: Altered[]): Mark => ({
    kind: 'altered',
    before: { ...was, ...before },
    what,
  });
  const below = (mark: Mark, lesson: Shown = maths, speak = dayText) =>
    speak(day({ lessons: [{ ...lesson, mark }] }))
      .text.split('\n')
      .at(-1)
      ?.trim();

  test.each<[string, Mark, string, string]>([
    ['новая', { kind: 'added' }, 'новая пара', 'new lesson'],
    ['снова состоится', { kind: 'restored' }, 'снова состоится', 'on again'],
    ['аудитория', altered({ room: '510М' }, 'room'), 'было 510М', 'was 510М'],
    ['аудитория не была известна', altered({ room: '' }, 'room'), 'указана аудитория', 'room is known now'],
    ['перенос в тот же день', altered({ start: '08:00' }, 'time'), 'перенесена с 08:00', 'moved from 08:00'],
    [
      'перенос с другого дня',
      altered({ day: '2026-11-23', start: '08:00' }, 'time'),
      'перенесена с пн 08:00',
      'moved from Mon 08:00',
    ],
    ['только конец', altered({ end: '10:30' }, 'time'), 'было 09:45–10:30', 'was 09:45–10:30'],
    ['преподаватель', altered({ teachers: ['Петрова А. А.'] }, 'teacher'), 'раньше Петрова А. А.', 'was Петрова А. А.'],
    ['преподавателя не было', altered({ teachers: [] }, 'teacher'), 'указан преподаватель', 'teacher is known now'],
    ['предмет', altered({ subject: 'Право' }, 'subject'), 'было Право', 'was Право'],
    ['вид', altered({ kind: 'practice' }, 'kind'), 'было пр.', 'was practice'],
    ['формат', altered({ format: 'remote', room: '' }, 'format'), 'было 💻 дистанционно', 'was 💻 online'],
    ['формат без аудитории', altered({ room: '' }, 'format'), 'было очно', 'was on site'],
    [
      'два сразу: важное первым',
      altered({ room: '510М', start: '08:00' }, 'room', 'time'),
      'перенесена с 08:00, было 510М',
      'moved from 08:00, was 510М',
    ],
    [
      'больше, чем помещается',
      altered({ room: '510М', start: '08:00', subject: 'Теория вероятностей' }, 'room', 'time', 'subject'),
      'перенесена с 08:00, было 510М',
      'moved from 08:00, was 510М',
    ],
  ])('%s', (_, mark, ru, en) => {
    expect(below(mark)).toBe(`404Л · Иванов И. И. · ${ru}`);
    expect(below(mark, maths, dayEn)).toBe(`404Л · Иванов И. И. · ${en}`);
  });

  test('verbs agree with what the lesson is; a lesson without a place has its mark alone', () => {
    const exam = { ...maths, kind: 'exam', place: { ...maths.place, room: '' }, teachers: [] };
    expect(below(altered({ start: '08:00' }, 'time'), exam)).toBe('перенесён с 08:00');
    expect(below({ kind: 'added' }, exam)).toBe('новый экзамен');
  });

  test('two lines stay two lines, and the mark is what is not cut', () => {
    const long = { ...maths, place: { ...maths.place, room: 'Р'.repeat(90) }, teachers: ['П'.repeat(90)] };
    const mark = altered({ room: 'Б'.repeat(90), start: '08:00' }, 'room', 'time');
    const { text } = dayText(day({ lessons: [{ ...long, mark }] }));
    expect(text.split('\n')).toHaveLength(4);
    expect(text.split('\n').at(-1)?.length).toBeLessThanOrEqual(91);
    expect(text).toMatch(/ · перенесена с 08:00, было БББББББББББ…$/);
  });

  test('what was names nobody: a mention in it is broken', () => {
    expect(below(altered({ room: '[id1|x]' }, 'room'))).not.toContain('[id1');
    expect(below(altered({ subject: '@all' }, 'subject'))).not.toContain('@all');
    expect(below(altered({ teachers: ['*id1'] }, 'teacher'))).not.toContain('*id1');
  });

  test('a day and a week with marks', () => {
    const shown: Shown[] = [
      { ...maths, mark: altered({ room: '510М' }, 'room') },
      { ...physics, cancelled: true },
      { ...physics, start: '13:30', subject: 'Право', mark: { kind: 'added' } },
    ];
    expect(dayText(day({ lessons: shown })).text).toMatchInlineSnapshot(`
      "Завтра, вт 24 ноября · ПИ-21

      2. 09:45–11:15  Математический анализ (лек.)
         404Л · Иванов И. И. · было 510М
      3. 11:30–13:00  Физика (лаб.)
         ❌ отменена
      3. 13:30–13:00  Право (лаб.)
         💻 дистанционно · новая пара"
    `);
    const week = { timetable: timetable(), monday: TODAY, today: TODAY, number: null, hidden: 0, own: null };
    expect(weekText({ ...week, days: [{ day: '2026-11-24', lessons: shown }] }).text).toMatchInlineSnapshot(`
      "Неделя 23–29 ноября · ПИ-21

      Вт, 24 ноября
      2. 09:45–11:15  Математический анализ (лек.)
         404Л · Иванов И. И. · было 510М
      3. 11:30–13:00  Физика (лаб.)
         ❌ отменена
      3. 13:30–13:00  Право (лаб.)
         💻 дистанционно · новая пара"
    `);
    const crowd = Array.from({ length: 60 }, () => ({ day: '2026-11-24', lessons: shown }));
    expect(weekText({ ...week, days: crowd }).text).toContain('\n09:45 Математический анализ · 404Л · было 510М\n');
  });
});

describe('a week', () => {
  const week = (patch: Partial<WeekView> = {}): WeekView => ({
    timetable: timetable(),
    monday: TODAY,
    today: TODAY,
    number: 13,
    days: ['2026-11-23', '2026-11-26'].map((on) => ({ day: on, lessons: lessons(on) })),
    hidden: 0,
    own: null,
    ...patch,
  });

  test('by days', () => {
    expect(weekText(week()).text).toMatchInlineSnapshot(`
      "Неделя 23–29 ноября (13-я) · ПИ-21

      Пн, 23 ноября
      2. 09:45–11:15  Математический анализ (лек.)
         404Л · Иванов И. И.
      3. 11:30–13:00  Физика (лаб.)
         💻 дистанционно

      Чт, 26 ноября
      2. 09:45–11:15  Математический анализ (лек.)
         404Л · Иванов И. И.
      3. 11:30–13:00  Физика (лаб.)
         💻 дистанционно"
    `);
    expect(weekText(week({ days: [], number: null, monday: '2026-12-28' })).text).toBe(
      'Неделя 28 декабря – 3 января 2027 · ПИ-21\n\nНа этой неделе занятий нет.',
    );
    expect(weekEn(week({ days: [] })).text).toBe('Week 23–29 November (no. 13) · ПИ-21\n\nNo lessons this week.');
  });

  test('buttons', () => {
    const says = (view: WeekView) =>
      weekText(view)
        .buttons?.flat()
        .map((button) => ('say' in button ? button.say : ''));
    expect(says(week())).toEqual(['сегодня', 'завтра', 'следующая неделя']);
    expect(says(week({ hidden: 3 }))?.at(-1)).toBe('неделя 23.11 со скрытыми');
    expect(weekText(week({ hidden: 3 })).text).toMatch(/\n\nскрыто: 3$/);
    expect(says(week({ monday: '2026-11-30' }))).toEqual(['сегодня', 'завтра', 'неделя']);
  });

  test('a full week is told shorter, lesson by lesson, before anything is left out', () => {
    const full = Array.from({ length: 6 }, (_, index) => addDays(TODAY, index)).map((on) => ({
      day: on,
      lessons: Array.from({ length: 7 }, (_, pair) =>
        occurrence(on, `${String(8 + pair).padStart(2, '0')}:00`, {
          subject: `Предмет с очень длинным названием номер ${pair} и с уточнением`,
          teachers: ['Константинопольский К. К.'],
        }),
      ),
    }));
    const { text } = weekText(week({ days: full }));
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text.match(/^\d\d:00 /gm)).toHaveLength(42);
    const endless = weekText(week({ days: [...full, ...full, ...full] })).text;
    expect(endless.length).toBeLessThanOrEqual(4096);
    expect(endless.endsWith('\n…')).toBe(true);
  });
});
