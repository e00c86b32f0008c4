import { describe, expect, test } from 'vitest';
import { addDays, instantOf } from '../../src/domain/calendar.ts';
import type { ChangeLine, LessonLine, Saying } from '../../src/domain/notice.ts';
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
      "Завтра, вт 24 ноября: 2 пары, первая в 09:45

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
    [[lessonLine()], 'Завтра, вт 24 ноября: 1 пара, в 09:45'],
    [[lessonLine({ cancelled: true })], 'Завтра, вт 24 ноября: всё отменено'],
    [[lessonLine({ allDay: true, endDay: '2026-11-25' })], 'Завтра, вт 24 ноября: занятия на весь день'],
  ])('%#', (lessons, head) => {
    expect(said(evening(lessons), now).split('\n')[0]).toBe(head);
  });

  test('names the day as it is when it is read', () => {
    expect(said(evening([lessonLine()]), at('00:05'))).toMatch(/^Сегодня, вт 24 ноября: /);
  });
});

describe('changes', () => {
  const was = lessonLine({ subject: 'Матан', start: '10:00', end: '11:30' });
  const altered = (what: Extract<ChangeLine, { kind: 'altered' }>['what'], patch: Partial<typeof was>): ChangeLine => ({
    kind: 'altered',
    before: was,
    after: { ...was, ...patch },
    what,
  });
  const changes: ChangeLine[] = [
    altered(['room'], { room: '510М' }),
    altered(['time'], { day: '2026-11-25', endDay: '2026-11-25', start: '12:00', end: '13:30' }),
    altered(['time'], { end: '11:45' }),
    altered(['teacher', 'kind'], { teachers: ['Петров П. П.'], kind: 'practice' }),
    altered(['format'], { format: 'hybrid' }),
    altered(['room', 'format'], { format: 'remote', room: '' }),
    altered(['subject'], { subject: 'Физика' }),
  ];
  const more: ChangeLine[] = [
    { kind: 'cancelled', before: { ...was, subgroup: '1' } },
    { kind: 'restored', after: lessonLine({ day: '2026-11-26' }) },
    { kind: 'added', after: lessonLine({ day: '2026-12-01', room: '', format: 'remote' }) },
    altered(['time', 'room'], { day: '2026-11-25', start: '12:00', room: '' }),
  ];
  const now = at('09:00', '2026-11-23');

  test('of every kind, by day, a line each', () => {
    expect(said({ ...COMMON, kind: 'changes', title: 'ПИ-21', changes }, now)).toMatchInlineSnapshot(`
      "Изменения · ПИ-21

      Вт, 24 ноября
      • 10:00 Матан (лек.) — аудитория 404Л → 510М
      • Матан (лек.), 404Л — перенесена: вт 24.11 10:00 → ср 25.11 12:00
      • 10:00 Матан (лек.), 404Л — теперь 10:00–11:45
      • 10:00 Матан (лек.), 404Л — преподаватель Иванов И. И. → Петров П. П.; вид лек. → пр.
      • 10:00 Матан (лек.) — очно → 404Л или 💻 подключиться
      • 10:00 Матан (лек.) — очно → 💻 дистанционно
      • 10:00 Матан (лек.), 404Л — теперь Физика"
    `);
    expect(said({ ...COMMON, kind: 'changes', title: 'ПИ-21', changes: more }, now)).toMatchInlineSnapshot(`
      "Изменения · ПИ-21

      Вт, 24 ноября
      • 10:00 Матан (лек.), 1 подгр., 404Л — отменена
      • Матан (лек.) — перенесена: вт 24.11 10:00 → ср 25.11 12:00; аудитория не указана

      Чт, 26 ноября
      • 09:45 Математический анализ (лек.), 404Л — снова состоится

      Вт, 1 декабря
      • 09:45 Математический анализ (лек.), 💻 дистанционно — новая пара"
    `);
  });

  test('more than eight are counted', () => {
    const many = Array.from({ length: 11 }, (_, index) => ({
      kind: 'cancelled' as const,
      before: lessonLine({ day: addDays('2026-11-24', index) }),
    }));
    expect(
      said({ ...COMMON, kind: 'changes', title: 'ПИ-21', changes: many }, now)
        .split('\n')
        .at(-1),
    ).toBe('…и ещё 3 изменения');
    expect(
      said({ ...COMMON, kind: 'changes', title: 'ПИ-21', changes: many, more: 60 }, now)
        .split('\n')
        .at(-1),
    ).toBe('…и ещё 63 изменения');
    expect(said({ ...COMMON, kind: 'changes', title: 'ПИ-21', changes: many.slice(0, 8) }, now)).not.toContain('…');
  });

  test('a correction says what the reminder had wrong', () => {
    const change = altered(['room'], { room: '510М' });
    expect(said({ ...COMMON, kind: 'follow-up', change }, now)).toBe(
      'Поправка к напоминанию · вт, 24 ноября\n10:00 Матан (лек.) — аудитория 404Л → 510М',
    );
  });

  test('in English', () => {
    expect(
      sayEn(
        {
          ...COMMON,
          language: 'en',
          kind: 'changes',
          title: 'ПИ-21',
          changes: [...changes.slice(0, 2), ...more.slice(0, 3)],
        },
        now,
      ).text,
    ).toMatchInlineSnapshot(`
      "Changes · ПИ-21

      Tue, 24 November
      • 10:00 Матан (lecture) — room 404Л → 510М
      • Матан (lecture), 404Л — moved: Tue 24.11 10:00 → Wed 25.11 12:00
      • 10:00 Матан (lecture), subgroup 1, 404Л — cancelled

      Thu, 26 November
      • 09:45 Математический анализ (lecture), 404Л — on again

      Tue, 1 December
      • 09:45 Математический анализ (lecture), 💻 online — new lesson"
    `);
  });

  test('the largest still fits a message and mentions nobody', () => {
    const huge = lessonLine({
      subject: '[id1|@all] '.repeat(30),
      room: '*id1 '.repeat(50),
      teachers: Array.from({ length: 40 }, () => '@durov'),
    });
    const all = Array.from(
      { length: 40 },
      (): ChangeLine => ({
        kind: 'altered',
        before: huge,
        after: huge,
        what: ['time', 'room', 'teacher', 'subject', 'kind', 'format'],
      }),
    );
    for (const speak of [say, sayEn]) {
      for (const saying of [
        { ...COMMON, kind: 'changes', title: '@all '.repeat(100), changes: all },
        { ...COMMON, kind: 'evening', day: '2026-11-24', lessons: Array.from({ length: 60 }, () => huge) },
        { ...COMMON, kind: 'reminder', lessons: Array.from({ length: 60 }, () => huge) },
      ] satisfies Saying[]) {
        const { text } = speak(saying, now);
        expect(text.length).toBeLessThanOrEqual(4096);
        expect(text).not.toMatch(/\[id1|[@*][a-z]/);
      }
    }
  });
});

test('a held import is told to its owner', () => {
  const held = (reason: Doubt) => said({ ...COMMON, kind: 'held', title: 'ПИ-21', reason }, 0);
  expect(held('empty')).toBe(
    'Расписание «ПИ-21»: источник прислал пустое расписание, хотя впереди были занятия. Оставляю прежнее и буду проверять дальше.',
  );
  expect(new Set(DOUBTS.map(held)).size).toBe(DOUBTS.length);
});
