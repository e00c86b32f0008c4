/** Real workbooks of universities and colleges, where they are present; each line was read off the sheet by eye. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ask, SourceError, type Span } from '#source';
import type { Lesson } from '../../src/domain/lesson.ts';
import { normalize } from '../../src/source/normalize.ts';
import { gridsOf } from './grid.ts';
import { readGrids } from './group-lessons.ts';
import table from './index.ts';
import { readLayouts } from './layout.ts';
import { readWorkbook } from './workbook.ts';

const CAPTURES = join(import.meta.dirname, '../../../shared/data/real');
const AUTUMN_2022: Span = { from: '2022-09-01', to: '2023-02-01', zone: 'Europe/Moscow' };
const MAY_2025: Span = { from: '2025-05-05', to: '2025-12-01', zone: 'Europe/Saratov' };

function read(file: string, ask: Ask, span = AUTUMN_2022) {
  const url = `https://rasp.example.edu/${file}`;
  const body = readFileSync(join(CAPTURES, file));
  const parsed = table.parse([{ request: { url }, url, status: 200, headers: {}, body }], { url, ...ask }, span);
  return normalize(parsed, span.zone);
}

/** Who teaches stays in the capture: only how many do. */
function line({ times, number, subject, kind, place, subgroup, teachers }: Lesson): string {
  const when = times.on === 'weekly' ? `${times.weekday} ${String(times.weeks)}` : times.day;
  const about = [subject, kind, place.room, subgroup === '' ? '' : `п/г ${subgroup}`, `${teachers.length} преп.`];
  return [`${when} ${times.start}–${times.end}`, number === null ? '' : `№${number}`, ...about]
    .filter((part) => part !== '')
    .join(' | ');
}

function refusal(file: string, ask: Ask = {}): unknown {
  try {
    return read(file, ask);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return [`${error.kind} ${error.detail}`, error.suggestions.length];
  }
}

const MIREA = 'xlsx-mirea/test_schedule.xlsx';
const ENGELS = 'xls-college-engels/engels-polytechnic.xls';
const KAZAN = 'xlsx-college-kktd/example.xlsx';
const PENZA = 'spreadsheets-misc/aratajkee-raspisanie.xls';
const MIET = 'spreadsheets-misc/miet.xlsx';
const URAL = 'spreadsheets-misc/mathusu-schedule.xls';
const COLLEGE = 'spreadsheets-misc/x5hr7-RASPISANIE.xlsx';
const SCHOOL = 'spreadsheets-misc/sqquidward.xlsx';
const COLLEGE_XLS = 'spreadsheets-misc/x5hr7-UZ_01.xls';

describe('the real captures', () => {
  if (!existsSync(CAPTURES)) {
    process.stdout.write('table: ../shared is not here, the real workbooks are not read\n');
    test.skip('no captures here', () => {});
    return;
  }

  test('МИРЭА: weeks I and II, lists of weeks, two lessons in one cell', () => {
    const { term, lessons, skipped } = read(MIREA, { group: 'КРБО-03-19' });
    expect(term).toEqual({ start: '2022-09-01', end: '2022-12-25', week1: '2022-08-29' });
    expect(skipped).toEqual([]);
    expect(lessons).toHaveLength(40);
    expect(lessons.map(line)).toEqual(
      expect.arrayContaining([
        '1 2,6,10,14 09:00–10:30 | №1 | Аппаратное обеспечение систем управления роботов и робототехнических комплексов | lab | лаб. Г-201-3 (В-78) | 1 преп.',
        '1 even 12:40–14:10 | №3 | Интеллектуальные системы управления и приводы автономных роботов | practice | ауд. Г-208 (В-78) | 1 преп.',
        '3 5,9,13,17 09:00–10:30 | №1 | Интеллектуальные системы управления и приводы автономных роботов | lab | ауд. Г-208 (В-78) | 1 преп.',
        '4 every 09:00–10:30 | №1 | Военная подготовка | 0 преп.',
        '5 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 10:40–12:10 | №2 | Автономные мультиагентные робототехнические системы | lecture | ауд. А-4 (В-78) | 1 преп.',
      ]),
    );
    const first = read(MIREA, { group: 'КМБО-01-19' }).lessons.map(line);
    expect(first[0]).toBe(
      '1 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17 10:40–12:10 | №2 | Системы массового обслуживания | lecture | ауд. A-3 (В-78) | 1 преп.',
    );
    expect(first).toContain(
      '1 3,5,7,9,11,13,15,17 12:40–14:10 | №3 | Русский язык и культура речи | practice | ауд. А-208 (В-78) | 0 преп.',
    );
  });

  test('МИРЭА: the notes below the table are no lessons that were left out', () => {
    expect(read(MIREA, { group: 'КМБО-01-19' }).skipped).toEqual([]);
    expect(read(MIREA, { group: 'ККСО-03-19' }).skipped).toEqual([]);
  });

  test('МИРЭА: nothing in the columns of any group is lost', () => {
    const sheets = readWorkbook(readFileSync(join(CAPTURES, MIREA)), 5_000);
    const rows = sheets[0]?.rows ?? [];
    const grids = gridsOf(sheets, readLayouts());
    const subjects = rows[2]?.flatMap((cell, column) => (cell === 'Дисциплина' ? [column] : [])) ?? [];
    expect(subjects).toHaveLength(22);
    for (const column of subjects) {
      const read_ = readGrids(grids, { group: rows[1]?.[column] ?? '' }, AUTUMN_2022).lessons.map(
        ({ subject }) => subject,
      );
      // What is left of a cell without its weeks and subgroups, each lesson of it apart.
      const printed = rows
        .slice(3, 87)
        .flatMap((row) => (row[column] ?? '').split('\n\n'))
        .map((cell) =>
          cell
            .replace(/^(?:кр\. )?[\d,-]+ н\. /, '')
            .replace(/[12] ?п\/г,?/g, '')
            .replace(/\s+/g, ' ')
            .trim(),
        );
      expect(new Set(read_)).toEqual(new Set(printed.filter((subject) => subject !== '')));
    }
  });

  test('Энгельсский политехникум (.xls): a week of dates, subgroups with their own teachers and rooms', () => {
    const { covers, lessons, skipped, term } = read(ENGELS, { group: 'ИС-214/23' }, MAY_2025);
    expect([term, covers, skipped]).toEqual([null, { from: '2025-05-19', to: '2025-05-25' }, []]);
    expect(lessons).toHaveLength(28);
    expect(lessons.slice(0, 7).map(line)).toEqual([
      '2025-05-19 08:30–08:40 | Линейка | 0 преп.',
      '2025-05-19 08:45–09:15 | Разговор о важном | 42 | 0 преп.',
      '2025-05-19 09:25–10:45 | №1 | Основы алгоритмизации и программирования | 45 | п/г 1 | 1 преп.',
      '2025-05-19 09:25–10:45 | №1 | Основы алгоритмизации и программирования | 31 | п/г 2 | 1 преп.',
      '2025-05-19 10:55–12:15 | №2 | Иностранный язык в профессиональной деятельности (английский) | 22 23 | 2 преп.',
      '2025-05-19 12:35–13:55 | №3 | Архитектура аппаратных средств | 42 | 1 преп.',
      '2025-05-19 14:05–15:25 | №4 | Иностранный язык в профессиональной деятельности (английский) | test | 22 23 | 2 преп.',
    ]);
    const other = read(ENGELS, { group: 'ТО-115/24' }, MAY_2025).lessons;
    expect(other).toHaveLength(21);
    expect(other.map(line)).toContain('2025-05-20 08:45–10:05 | №1 | Информатика | 41 | п/г 2 | 1 преп.');
    expect(refusal(ENGELS)).toEqual(['unknown-param group', 26]);
  });

  test('Казанский колледж: without times it is refused, with the bells asked it is read', () => {
    expect(refusal(KAZAN, { group: '09.02.07-1' })).toEqual(['unknown-param bells', 0]);
    const bells = '8:00-9:30, 9:40-11:10, 11:20-12:50, 13:20-14:50, 15:00-16:30, 16:40-18:10';
    const { lessons, skipped } = read(KAZAN, { group: '09.02.07-1', bells }, MAY_2025);
    expect(skipped).toEqual([]);
    expect(lessons).toHaveLength(17);
    expect(lessons.slice(0, 4).map(line)).toEqual([
      '2025-06-23 08:00–09:30 | №1 | Родная литература | 1 преп.',
      '2025-06-23 09:40–11:10 | №2 | Иностранный язык | п/г 1 | 1 преп.',
      '2025-06-23 09:40–11:10 | №2 | Иностранный язык | п/г 2 | 1 преп.',
      '2025-06-23 11:20–12:50 | №3 | Обществознание | 1 преп.',
    ]);
    const exams = read(KAZAN, { group: '09.02.07-1ПБ', bells }, MAY_2025).lessons.map(line);
    expect(exams).toContain('2025-06-24 08:00–09:30 | №1 | Рус.яз. и Лит. | exam | 311 | 1 преп.');
  });

  test('ПГУ (.xls): fractions of a day, числитель and знаменатель, a lesson over two rows', () => {
    const { term, lessons, skipped } = read(PENZA, { group: '19ВВ2.1' });
    expect(term).toEqual({ start: '2022-09-01', end: '2022-12-31', week1: '2022-08-29' });
    expect(skipped).toEqual([]);
    // «леу.» for «лек.» goes on with the row above as well.
    const typo = read(PENZA, { group: '19ВО1.1' }).lessons.filter(({ subject }) => subject.startsWith('Метрология'));
    expect(typo.map(({ teachers, place }) => [teachers.length, place.room])).toContainEqual([1, '7а-420']);
    expect(lessons.map(line)).toEqual([
      '1 every 08:00–09:35 | Вычислительные методы в САПР | lab | 7а-206а | 2 преп.',
      '1 odd 09:50–11:25 | Операционные СВР | lab | 7а-210 | 2 преп.',
      '1 even 09:50–11:25 | Операционные СВР | lab | 7а-206а | 2 преп.',
      '1 odd 11:40–13:15 | Операционные СВР | lab | 7а-210 | 2 преп.',
      '3 every 09:50–11:25 | Мультимедийные технологии | lecture | 7а-202 | 1 преп.',
      '3 every 11:40–13:15 | Операционные системы реального времени | lecture | 7б-206 | 1 преп.',
      '3 every 13:45–15:20 | Проектирование САПР | lecture | 7а-203 | 1 преп.',
      '4 every 08:00–09:35 | Проектирование САПР | lab | 7а-206а | 2 преп.',
      '4 every 09:50–11:25 | Проектированик и разработка Web-приложений | lab | 7а-206а | 2 преп.',
      '5 every 08:00–09:35 | Мультимедийные технологии | lab | 7а-203 | 2 преп.',
      '5 every 09:50–11:25 | Технологии разработки ПО | lab | 7а-210 | 2 преп.',
      '6 every 08:00–09:35 | Вычислительные методы в автоматизированнных системах | lecture | 7а-202 | 1 преп.',
      '6 every 09:50–11:25 | Проектирование и разработка web-приложений | lecture | 7а-202 | 1 преп.',
      '6 even 11:40–13:15 | Технологии разработки ПО | lecture | 7а-505 | 1 преп.',
    ]);
  });

  test('МИЭТ: a cycle of four weeks, lessons named by the only group', () => {
    const { name, lessons, skipped } = read(MIET, { start: '2022-09-01', end: '2022-12-31' });
    expect([name, skipped, lessons.length]).toEqual(['ПИН-22М', [], 23]);
    expect(lessons.map(line)).toEqual(
      expect.arrayContaining([
        '1 odd 16:10–17:40 | №5 | Теория систем и системный анализ | practice | 1 преп.',
        '4 every 18:20–19:50 | №6 | История и методология науки | lecture | 1 преп.',
        '5 3,7,11,15 18:20–19:50 | №6 | Визуализация в научных исследованиях | lab | 1 преп.',
        '5 4,8,12,16 18:20–19:50 | №6 | Теория систем и системный анализ | lab | 3131(м) | 1 преп.',
      ]),
    );
    // The third pair has two times: the first is taken, the other is told.
    expect(lessons.find(({ times }) => times.start === '12:20')?.note).toBe('или 12:50–14:20');
  });

  test('УрФУ (.xls): groups of all sheets, columns of subgroups, weeks in two rows', () => {
    const span: Span = { from: '2016-09-01', to: '2017-01-01', zone: 'Asia/Yekaterinburg' };
    const { lessons, skipped } = read(URAL, { group: 'мт-101' }, span);
    expect([skipped, lessons.length]).toEqual([[], 23]);
    expect(lessons.map(line)).toEqual(
      expect.arrayContaining([
        '2 every 09:00–10:30 | №1 | Аа | 532 | п/г 1 | 1 преп.',
        '2 every 09:00–10:30 | №1 | АА | 612 | п/г 2 | 1 преп.',
        '2 every 12:50–14:20 | №3 | Математический анализ | 509 | 1 преп.',
        '4 odd 16:10–17:40 | №5 | Основы алгебры | 532 | 1 преп.',
        '4 even 16:10–17:40 | №5 | Ан геом | 532 | 1 преп.',
      ]),
    );
    expect(read(URAL, { group: 'ФТ-401' }, span).lessons.length).toBeGreaterThan(5);
    expect(refusal(URAL)).toEqual(['unknown-param group', 33]);
  });

  test('the college of МИРЭА: weeks written in the cell; .xls and .xlsx of one timetable read alike', () => {
    const { lessons, skipped } = read(COLLEGE, { group: 'ЩПКО-03-22' });
    expect([skipped, lessons.length]).toEqual([[], 23]);
    expect(lessons.slice(0, 3).map(line)).toEqual([
      '1 odd 08:45–10:15 | ОСНОВЫ БЕЗОПАСНОСТИ ЖИЗНЕДЕЯТЕЛЬНОСТИ | 058 | 1 преп.',
      '1 even 08:45–10:15 | РОССИЯ - МОЯ ИСТОРИЯ | 502 | 1 преп.',
      '1 every 10:30–12:00 | ИНОСТРАННЫЙ ЯЗЫК | 207 / 266 | 2 преп.',
    ]);
    expect(read(COLLEGE_XLS, { group: 'ЩПКО-03-22' }).lessons).toEqual(lessons);
  });

  test('the college of МИРЭА: no week, code or stroke stays in a subject, and no initial is without its full stop', () => {
    const groups = ['ЩТКО-01-21', 'ЩСКО-01-21', 'ЩАКО-03-20', 'ЩАКО-01-21', 'ЩПКО-05-21', 'ЩСКО-01-22', 'ЩИКО-01-22'];
    const all = groups.flatMap((group) => read(COLLEGE, { group }).lessons);
    expect(all.length).toBeGreaterThan(100);
    expect(
      all.filter(({ subject }) => /^[^\p{L}]|(?<!\p{L})[12] ?н(?!\p{L})|^\p{Lu}{1,5}[.,] ?\d/u.test(subject)),
    ).toEqual([]);
    expect(all.filter(({ note }) => /\d н|_/.test(note))).toEqual([]);
    expect(all.flatMap(({ teachers }) => teachers).filter((name) => !name.endsWith('.'))).toEqual([]);
    const language = all.filter(({ place }) => place.room === '269 / 528');
    expect(new Set(language.map(({ subject }) => subject))).toEqual(new Set(['ИНОСТРАННЫЙ ЯЗЫК']));
  });

  test('a school: classes below each other, a column is a day, the teacher below and the room beside', () => {
    const span: Span = { from: '2023-02-01', to: '2023-06-01', zone: 'Europe/Moscow' };
    const { term, lessons, skipped } = read(SCHOOL, { group: '8M1' }, span);
    // «на 2 полугодие», as the title of this class says; others in the book are of the first.
    expect([term, skipped]).toEqual([{ start: '2023-01-09', end: '2023-05-31', week1: '2023-01-09' }, []]);
    expect(read(SCHOOL, { group: '8П1' }, span).term?.end).toBe('2022-12-31');
    const days = [1, 2, 3, 4, 5, 6].map((day) =>
      lessons.filter(({ times }) => times.on === 'weekly' && times.weekday === day),
    );
    expect(days.map((day) => day.length)).toEqual([6, 5, 7, 7, 6, 5]);
    expect(days[1]?.map(line)).toEqual([
      '2 every 08:45–09:30 | №1 | Физика | 321 | 1 преп.',
      '2 every 09:50–10:35 | №2 | Химия | 219 | 1 преп.',
      '2 every 10:50–11:35 | №3 | Физика | 321 | 1 преп.',
      '2 every 11:45–12:30 | №4 | Алгебра | 323 | 1 преп.',
      '2 every 12:55–13:40 | №5 | Алгебра | 323 | 1 преп.',
    ]);
    expect(days[2]?.map(line)).toContain('3 every 14:05–14:50 | №6 | Химия | practice | 219 | 1 преп.');
    expect(days[5]?.map(line)).toContain('6 every 12:55–13:40 | №5 | Проектная деятельность | 0 преп.');
    // The last class of the last sheet, whose fifth lesson begins five minutes earlier.
    const last = read(SCHOOL, { group: '11С2' }, span).lessons;
    expect(last.filter(({ number }) => number === 5).every(({ times }) => times.start === '12:50')).toBe(true);
    expect(refusal(SCHOOL)).toEqual(['unknown-param group', 47]);
  });

  test('a school: nothing in the columns of any class is lost', () => {
    const sheets = readWorkbook(readFileSync(join(CAPTURES, SCHOOL)), 5_000);
    const span: Span = { from: '2023-02-01', to: '2023-06-01', zone: 'Europe/Moscow' };
    // The book is opened once for all its classes.
    const grids = gridsOf(sheets, readLayouts());
    let classes = 0;
    for (const { rows } of sheets)
      for (const [top, row] of rows.entries()) {
        const group = / для (\d+\p{L}\d)$/u.exec(row[0] ?? '')?.[1];
        if (group === undefined) continue;
        classes += 1;
        const cells = rows.slice(top + 4, top + 18).filter((_, at) => at % 2 === 0);
        const printed = cells.flatMap((one) => one.slice(2, 14).filter((text, at) => at % 2 === 0 && text !== ''));
        const { lessons } = readGrids(grids, { group }, span);
        expect(lessons.map(({ subject }) => subject.slice(0, 4)).sort(), group).toEqual(
          printed.map((subject) => subject.slice(0, 4)).sort(),
        );
      }
    expect(classes).toBe(47);
  });

  test.each(['2tieatie.xlsx', 'dimasyour-rasp.xlsx', 'itk37-schedule.xls', 'llliali.xlsx', 'vinishk0.xlsx'])(
    '%s has no layout yet and is refused in words',
    (file) => {
      expect(refusal(`spreadsheets-misc/${file}`)).toEqual(['changed not-a-table', 0]);
    },
  );
});
