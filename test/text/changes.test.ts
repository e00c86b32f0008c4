/** Golden texts of changes: every kind, combinations, runs and folded days, in both languages. */
import { describe, expect, test } from 'vitest';
import { addDays, instantOf } from '../../src/domain/calendar.ts';
import type { ChangeLine, LessonLine, Run, Saying } from '../../src/domain/notice.ts';
import { say as sayEn } from '../../src/text/en/saying.ts';
import { say } from '../../src/text/ru/saying.ts';
import { lessonLine } from './make.ts';

const ZONE = 'Asia/Novosibirsk';
const COMMON = { language: 'ru', zone: ZONE } as const;
const NOW = instantOf('2026-11-23', '09:00', ZONE);
const was = lessonLine({ subject: 'Матан', start: '10:00', end: '11:30' });

type Field = Extract<ChangeLine, { kind: 'altered' }>['what'][number];

function altered(what: readonly Field[], after: Partial<LessonLine>, before: Partial<LessonLine> = {}): ChangeLine {
  const old = { ...was, ...before };
  return { kind: 'altered', before: old, after: { ...old, ...after }, what };
}

function moved(day: string, start: string): Partial<LessonLine> {
  return { day, endDay: day, start, end: '13:30' };
}

function changes(lines: readonly ChangeLine[], more?: number): Saying {
  return { ...COMMON, kind: 'changes', title: 'ПИ-21', changes: lines, ...(more === undefined ? {} : { more }) };
}

/** The line of one change without the bullet, in Russian and in English. */
function lines(change: ChangeLine): string[] {
  return [say, sayEn].map((speak) => speak(changes([change]), NOW).text.split('\n• ')[1] ?? '');
}

describe('one change is one line', () => {
  test.each<[string, ChangeLine, string, string]>([
    [
      'отмена',
      { kind: 'cancelled', before: was },
      '10:00 Матан (лек.), 404Л — отменена',
      '10:00 Матан (lecture), 404Л — cancelled',
    ],
    [
      'возврат',
      { kind: 'restored', after: was },
      '10:00 Матан (лек.), 404Л — снова состоится',
      '10:00 Матан (lecture), 404Л — on again',
    ],
    [
      'новая, дистанционно, одной подгруппе',
      { kind: 'added', after: { ...was, subgroup: '1', room: '', format: 'remote' } },
      '10:00 Матан (лек.), 1 подгр., 💻 дистанционно — новая пара',
      '10:00 Матан (lecture), subgroup 1, 💻 online — new lesson',
    ],
    [
      'перенос на другой день',
      altered(['time'], moved('2026-11-25', '12:00')),
      'Матан (лек.), 404Л — перенесена: вт 24.11 10:00 → ср 25.11 12:00',
      'Матан (lecture), 404Л — moved: Tue 24.11 10:00 → Wed 25.11 12:00',
    ],
    [
      'перенос на другое время того же дня',
      altered(['time'], moved('2026-11-24', '12:00')),
      'Матан (лек.), 404Л — перенесена: 10:00 → 12:00',
      'Матан (lecture), 404Л — moved: 10:00 → 12:00',
    ],
    [
      'перенос через Новый год',
      altered(['time'], moved('2027-01-12', '12:00'), { day: '2026-12-29', endDay: '2026-12-29' }),
      'Матан (лек.), 404Л — перенесена: вт 29.12 10:00 → вт 12.01 12:00',
      'Матан (lecture), 404Л — moved: Tue 29.12 10:00 → Tue 12.01 12:00',
    ],
    [
      'другой конец',
      altered(['time'], { end: '11:45' }),
      'Матан (лек.), 404Л — 10:00–11:30 → 10:00–11:45',
      'Матан (lecture), 404Л — 10:00–11:30 → 10:00–11:45',
    ],
    [
      'аудитория',
      altered(['room'], { room: '510М' }),
      '10:00 Матан (лек.) — ауд. 404Л → 510М',
      '10:00 Матан (lecture) — room 404Л → 510М',
    ],
    [
      'аудитория стала известна',
      altered(['room'], { room: '510М' }, { room: '' }),
      '10:00 Матан (лек.) — аудитория 510М',
      '10:00 Матан (lecture) — room 510М',
    ],
    [
      'аудитории больше нет',
      altered(['room'], { room: '' }),
      '10:00 Матан (лек.) — аудитория не указана',
      '10:00 Матан (lecture) — room not given',
    ],
    [
      'преподаватель',
      altered(['teacher'], { teachers: ['Петров П. П.'] }),
      '10:00 Матан (лек.), 404Л — Иванов И. И. → Петров П. П.',
      '10:00 Матан (lecture), 404Л — Иванов И. И. → Петров П. П.',
    ],
    [
      'предмет',
      altered(['subject'], { subject: 'Физика' }),
      '10:00 Матан (лек.), 404Л — теперь Физика',
      '10:00 Матан (lecture), 404Л — now Физика',
    ],
    [
      'вид',
      altered(['kind'], { kind: 'practice' }),
      '10:00 Матан (лек.), 404Л — лек. → пр.',
      '10:00 Матан (lecture), 404Л — lecture → practice',
    ],
    [
      'формат: дистанционно',
      altered(['room', 'format'], { format: 'remote', room: '' }),
      '10:00 Матан (лек.) — очно → 💻 дистанционно',
      '10:00 Матан (lecture) — on site → 💻 online',
    ],
    [
      'формат: гибрид',
      altered(['format'], { format: 'hybrid' }),
      '10:00 Матан (лек.) — очно → 404Л или 💻 подключиться',
      '10:00 Матан (lecture) — on site → 404Л or 💻 join online',
    ],
    [
      'формат: снова очно',
      altered(['room', 'format'], { format: 'onsite', room: '510М' }, { format: 'remote', room: '' }),
      '10:00 Матан (лек.) — 💻 дистанционно → очно, 510М',
      '10:00 Матан (lecture) — 💻 online → on site, 510М',
    ],
    [
      'перенос и аудитория',
      altered(['time', 'room'], { ...moved('2026-11-25', '12:00'), room: '510М' }),
      'Матан (лек.) — перенесена: 10:00 → ср 25.11 12:00; ауд. 404Л → 510М',
      'Матан (lecture) — moved: 10:00 → Wed 25.11 12:00; room 404Л → 510М',
    ],
    [
      'преподаватель и вид',
      altered(['teacher', 'kind'], { teachers: ['Петров П. П.'], kind: 'practice' }),
      '10:00 Матан (лек.), 404Л — Иванов И. И. → Петров П. П.; лек. → пр.',
      '10:00 Матан (lecture), 404Л — now Петров П. П., practice',
    ],
    [
      'всё сразу: остаётся новое',
      altered(['time', 'room', 'teacher', 'kind'], {
        ...moved('2026-11-25', '12:00'),
        room: '510М',
        teachers: ['Петров П. П.'],
        kind: 'practice',
      }),
      'Матан (лек.) — перенесена: 10:00 → ср 25.11 12:00, 510М, Петров П. П., пр.',
      'Матан (lecture) — moved: 10:00 → Wed 25.11 12:00, 510М, Петров П. П., practice',
    ],
    [
      'на весь день',
      { kind: 'cancelled', before: { ...was, allDay: true, start: '00:00', end: '00:00', endDay: '2026-11-25' } },
      'Матан (лек.), 404Л — отменена',
      'Матан (lecture), 404Л — cancelled',
    ],
    [
      'экзамен — мужского рода',
      { kind: 'cancelled', before: { ...was, kind: 'exam' } },
      '10:00 Матан (экзамен), 404Л — отменён',
      '10:00 Матан (exam), 404Л — cancelled',
    ],
    [
      'зачёт перенесён',
      altered(['time'], moved('2026-11-24', '12:00'), { kind: 'graded-test' }),
      'Матан (зачёт с оценкой), 404Л — перенесён: 10:00 → 12:00',
      'Матан (graded test), 404Л — moved: 10:00 → 12:00',
    ],
    [
      'собрание — среднего рода',
      { kind: 'cancelled', before: { ...was, subject: 'Родители', kind: 'meeting' } },
      '10:00 Родители (собрание), 404Л — отменено',
      '10:00 Родители (meeting), 404Л — cancelled',
    ],
    [
      'новая консультация',
      { kind: 'added', after: { ...was, kind: 'consultation' } },
      '10:00 Матан (конс.), 404Л — новая консультация',
      '10:00 Матан (consultation), 404Л — new consultation',
    ],
  ])('%s', (_, change, ru, en) => {
    expect(lines(change)).toEqual([ru, en]);
    expect(ru.length).toBeLessThanOrEqual(74);
    expect(en.length).toBeLessThanOrEqual(80);
  });
});

describe('the same on many dates is one line under its own heading', () => {
  const run = (patch: Partial<Run>): Run => ({
    from: '2026-10-13',
    to: '2026-12-22',
    every: 1,
    parity: null,
    except: [],
    open: true,
    ...patch,
  });
  const heads = (one: Run) =>
    [say, sayEn].map(
      (speak) => speak(changes([{ ...altered(['room'], { room: '510М' }), run: one }]), NOW).text.split('\n')[2],
    );

  test.each<[Run, string, string]>([
    [run({}), 'Каждый вторник, с 13 октября', 'Every Tuesday, from 13 October'],
    [
      run({ open: false }),
      'Каждый вторник, с 13 октября по 22 декабря',
      'Every Tuesday, from 13 October to 22 December',
    ],
    [
      run({ except: ['2026-11-03'] }),
      'Каждый вторник, с 13 октября, кроме 3 ноября',
      'Every Tuesday, from 13 October, except 3 November',
    ],
    [
      run({ from: '2026-12-02', to: '2027-02-03', except: ['2026-12-30', '2027-01-06'] }),
      'Каждую среду, со 2 декабря, кроме 30 декабря и 6 января 2027',
      'Every Wednesday, from 2 December, except 30 December and 6 January 2027',
    ],
    [
      run({ every: 2, parity: 'even' }),
      'По вторникам чётной недели, с 13 октября',
      'Tuesdays of even weeks, from 13 October',
    ],
    [
      run({ every: 2, parity: 'odd', open: false }),
      'По вторникам нечётной недели, с 13 октября по 22 декабря',
      'Tuesdays of odd weeks, from 13 October to 22 December',
    ],
    [run({ every: 2 }), 'Через неделю по вторникам, с 13 октября', 'Every other Tuesday, from 13 October'],
    [run({ from: '2026-10-12' }), 'Каждый понедельник, с 12 октября', 'Every Monday, from 12 October'],
    [run({ from: '2026-10-18' }), 'Каждое воскресенье, с 18 октября', 'Every Sunday, from 18 October'],
  ])('%#', (one, ru, en) => {
    expect(heads(one)).toEqual([ru, en]);
  });

  test('a move names weekdays, not dates', () => {
    const change: ChangeLine = { ...altered(['time'], moved('2026-11-25', '12:00')), run: run({ from: '2026-11-24' }) };
    expect(say(changes([change]), NOW).text).toMatchInlineSnapshot(`
      "Изменения · ПИ-21

      Каждый вторник, с 24 ноября
      • Матан (лек.), 404Л — перенесена: вт 10:00 → ср 12:00"
    `);
    expect(sayEn(changes([change]), NOW).text).toMatchInlineSnapshot(`
      "Changes · ПИ-21

      Every Tuesday, from 24 November
      • Матан (lecture), 404Л — moved: Tue 10:00 → Wed 12:00"
    `);
  });
});

describe('the message', () => {
  const off = (n: number, day = '2026-11-24'): ChangeLine => ({
    kind: 'cancelled',
    before: lessonLine({ day, start: `1${n % 10}:00` }),
  });

  test('goes by day, near days by their names', () => {
    const all = [
      altered(['room'], { room: '510М' }),
      off(2),
      {
        ...altered(['room'], { room: '510М' }),
        run: { from: '2026-11-24', to: '2026-12-22', every: 1, parity: null, except: [], open: true },
      },
      { kind: 'added', after: lessonLine({ day: '2026-12-01' }) },
    ] as const satisfies ChangeLine[];
    expect(say(changes(all), NOW).text).toMatchInlineSnapshot(`
      "Изменения · ПИ-21

      Завтра, вт 24 ноября
      • 10:00 Матан (лек.) — ауд. 404Л → 510М
      • 12:00 Математический анализ (лек.), 404Л — отменена

      Каждый вторник, с 24 ноября
      • 10:00 Матан (лек.) — ауд. 404Л → 510М

      Вт, 1 декабря
      • 09:45 Математический анализ (лек.), 404Л — новая пара"
    `);
    expect(say(changes(all), NOW).buttons).toEqual([[{ label: 'Неделя', say: 'неделя' }]]);
    expect(sayEn(changes(all), NOW).text).toMatchInlineSnapshot(`
      "Changes · ПИ-21

      Tomorrow, Tue 24 November
      • 10:00 Матан (lecture) — room 404Л → 510М
      • 12:00 Математический анализ (lecture), 404Л — cancelled

      Every Tuesday, from 24 November
      • 10:00 Матан (lecture) — room 404Л → 510М

      Tue, 1 December
      • 09:45 Математический анализ (lecture), 404Л — new lesson"
    `);
  });

  test('over eight, the nearest days are told in full and the others folded, with a button', () => {
    const all: ChangeLine[] = [
      ...[0, 1, 2].map((n) => off(n)),
      ...[0, 1, 2].map((n) => off(n, '2026-11-25')),
      ...[0, 1, 2].map((n) => off(n, '2026-11-26')),
      altered(['time', 'room'], { ...moved('2026-11-28', '12:00'), room: '1' }, { day: '2026-11-26' }),
      altered(['room'], { room: '510М' }, { day: '2026-11-27' }),
    ];
    expect(say(changes(all), NOW).text).toMatchInlineSnapshot(`
      "Изменения · ПИ-21

      Завтра, вт 24 ноября
      • 10:00 Математический анализ (лек.), 404Л — отменена
      • 11:00 Математический анализ (лек.), 404Л — отменена
      • 12:00 Математический анализ (лек.), 404Л — отменена

      Ср, 25 ноября
      • 10:00 Математический анализ (лек.), 404Л — отменена
      • 11:00 Математический анализ (лек.), 404Л — отменена
      • 12:00 Математический анализ (лек.), 404Л — отменена

      Чт, 26 ноября: 3 отмены, 1 перенос
      Пт, 27 ноября: 1 смена аудитории"
    `);
    expect(say(changes(all), NOW).buttons).toEqual([
      [{ label: 'Показать всё', say: 'изменения' }],
      [{ label: 'Неделя', say: 'неделя' }],
    ]);
    expect(sayEn(changes(all), NOW).text.split('\n\n').at(-1)).toMatchInlineSnapshot(`
      "Thu, 26 November: 3 cancelled, 1 moved
      Fri, 27 November: 1 other room"
    `);
  });

  test('eight are told in full, and what is not kept is counted', () => {
    const eight = Array.from({ length: 8 }, (_, n) => off(n));
    expect(say(changes(eight), NOW).text.split('\n')).toHaveLength(11);
    expect(say(changes(eight, 63), NOW).text.split('\n').at(-1)).toBe('…и ещё 63 изменения');
    expect(
      say(changes(eight, 1), NOW)
        .buttons?.flat()
        .map(({ label }) => label),
    ).toContain('Показать всё');
  });

  test.each([
    [
      'ru',
      say,
      'Перепроверить пока не вышло: сайт с расписанием перестал отвечать. На всякий случай загляни туда сам.',
    ],
    [
      'en',
      sayEn,
      'Could not be checked a second time: the timetable site has stopped answering. Better have a look there yourself.',
    ],
  ] as const)('what was seen once only says so, in %s', (_, speak, last) => {
    const saying = changes([off(0)]);
    if (saying.kind !== 'changes') throw new Error('not a saying of changes');
    expect(speak(saying, NOW).text).not.toContain(last);
    expect(
      speak({ ...saying, unsure: true }, NOW)
        .text.split('\n')
        .at(-1),
    ).toBe(last);
  });

  test('a day of nine is folded: counted by what happened', () => {
    expect(
      say(changes([...Array.from({ length: 8 }, (_, n) => off(n)), altered(['room'], { room: '1' })]), NOW).text,
    ).toBe('Изменения · ПИ-21\n\nЗавтра, вт 24 ноября: 8 отмен, 1 смена аудитории');
  });

  test('a correction says what the reminder had wrong', () => {
    const change = altered(['room'], { room: '510М' });
    expect(say({ ...COMMON, kind: 'follow-up', change }, NOW).text).toBe(
      'Поправка к напоминанию · вт, 24 ноября\n10:00 Матан (лек.) — ауд. 404Л → 510М',
    );
  });

  test('the longest names are cut, and the largest message fits and mentions nobody', () => {
    const huge = lessonLine({
      subject: '[id1|@all] '.repeat(30),
      room: '*id1 '.repeat(50),
      teachers: Array.from({ length: 40 }, () => '@durov'),
    });
    const what = ['time', 'room', 'teacher', 'subject', 'kind', 'format'] as const;
    const all = Array.from(
      { length: 40 },
      (_, n): ChangeLine => ({
        kind: 'altered',
        before: { ...huge, day: addDays('2026-11-24', n) },
        after: huge,
        what: what.slice(n % 6),
      }),
    );
    for (const speak of [say, sayEn]) {
      for (const lines of [all, all.slice(0, 8), all.map((one) => ({ ...one, before: huge }))]) {
        const { text } = speak({ ...COMMON, kind: 'changes', title: '@all '.repeat(100), changes: lines }, NOW);
        expect(text.length).toBeLessThanOrEqual(4096);
        expect(text).not.toMatch(/\[id1|[@*][a-z]/);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(170);
      }
    }
  });
});
