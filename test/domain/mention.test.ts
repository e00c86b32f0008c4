/** Names as people mention them: which of a timetable's subjects and teachers is meant. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentioned } from '../../src/domain/mention.ts';

const SUBJECTS = [
  'Математический анализ',
  'Линейная алгебра и геометрия',
  'Физика',
  'Физическая культура и спорт',
  'История',
  'История России',
  'Теория вероятностей и математическая статистика',
  'Дифференциальные уравнения',
  'Иностранный язык (английский)',
  'Основы программирования на языке C',
  'Программирование',
  'Базы данных',
  'Сопротивление материалов',
  'Счётная техника',
  'Проект 1',
  'Проект 2',
];
const TEACHERS = [
  'Иванов И. И.',
  'Иванова А. П.',
  'Петренко С. С.',
  'Петров П. П.',
  'Мельник О. О.',
  'Достоевская Ф. М.',
  'Ли С.',
];

test.each([
  ['физкультуру', 'Физическая культура и спорт'],
  ['физкультура', 'Физическая культура и спорт'],
  ['физра', 'Физическая культура и спорт'],
  ['физру', 'Физическая культура и спорт'],
  ['физическую культуру', 'Физическая культура и спорт'],
  ['спорт', 'Физическая культура и спорт'],
  ['физику', 'Физика'],
  ['ФИЗИКА', 'Физика'],
  ['матан', 'Математический анализ'],
  ['матанализ', 'Математический анализ'],
  ['мат. анализ', 'Математический анализ'],
  ['математический анализ', 'Математический анализ'],
  ['математического анализа', 'Математический анализ'],
  ['линал', 'Линейная алгебра и геометрия'],
  ['алгебру', 'Линейная алгебра и геометрия'],
  ['геометрию', 'Линейная алгебра и геометрия'],
  ['историю', 'История'],
  ['историю россии', 'История России'],
  ['теорвер', 'Теория вероятностей и математическая статистика'],
  ['статистику', 'Теория вероятностей и математическая статистика'],
  ['ТВиМС', 'Теория вероятностей и математическая статистика'],
  ['твмс', 'Теория вероятностей и математическая статистика'],
  ['диффуры', 'Дифференциальные уравнения'],
  ['английский', 'Иностранный язык (английский)'],
  ['английского', 'Иностранный язык (английский)'],
  ['инглиш', 'Иностранный язык (английский)'],
  ['программирование', 'Программирование'],
  ['БД', 'Базы данных'],
  ['базы', 'Базы данных'],
  ['баз данных', 'Базы данных'],
  ['сопромат', 'Сопротивление материалов'],
  ['счетную технику', 'Счётная техника'],
  ['проект 2', 'Проект 2'],
])('«%s» is «%s»', (said, name) => expect(mentioned(said, SUBJECTS)).toEqual({ found: 'one', name }));

test.each([
  ['физ', ['Физика', 'Физическая культура и спорт']],
  ['проект', ['Проект 1', 'Проект 2']],
  ['прогу', ['Основы программирования на языке C', 'Программирование']],
])('«%s» may be %j', (said, names) => expect(mentioned(said, SUBJECTS)).toEqual({ found: 'several', names }));

test.each([
  ['физичискую культуру', 'Физическая культура и спорт'],
  ['програмирование', 'Программирование'],
  ['алгбру', 'Линейная алгебра и геометрия'],
])('«%s» is unknown and near «%s»', (said, name) => {
  const found = mentioned(said, SUBJECTS);
  expect(found.found).toBe('none');
  expect(found.found === 'none' && found.near[0]).toBe(name);
});

test.each(['химию', 'проект 3', 'ерунду', 'и', '', '...', 'язык тела', 'а', 'история физики'])(
  '«%s» is none of them',
  (said) => {
    expect(mentioned(said, SUBJECTS).found).toBe('none');
  },
);

test.each([
  ['Иванов И. И.', 'Иванов И. И.'],
  ['Иванов ИИ', 'Иванов И. И.'],
  ['Петренко', 'Петренко С. С.'],
  ['Петрова', 'Петров П. П.'],
  ['петрову', 'Петров П. П.'],
  ['Мельника', 'Мельник О. О.'],
  ['Достоевскую', 'Достоевская Ф. М.'],
  ['Достоевской', 'Достоевская Ф. М.'],
])('teacher «%s» is «%s»', (said, name) => expect(mentioned(said, TEACHERS)).toEqual({ found: 'one', name }));

test('a surname of two people in some case may be either', () => {
  expect(mentioned('Иванова', TEACHERS)).toEqual({ found: 'several', names: ['Иванов И. И.', 'Иванова А. П.'] });
});

describe('whatever the names', () => {
  const name = fc
    .array(fc.constantFrom('история', 'Физика', 'анализ', 'Теория', 'игр', '2', 'ёлка', 'и'), {
      minLength: 1,
      maxLength: 4,
    })
    .map((words) => words.join(' '));

  test('a name said in full is found, in any case of letters', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (names) => {
        for (const one of names) {
          if (/^[и ]+$/.test(one)) continue;
          const found = mentioned(one.toUpperCase(), names);
          expect(found.found).toBe('one');
          expect(found.found === 'one' && names.includes(found.name)).toBe(true);
        }
      }),
    );
  });

  test('any words give an answer, and only names that were given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(fc.string({ maxLength: 30 }), { maxLength: 10 }),
        (said, names) => {
          const found = mentioned(said, names);
          const given = found.found === 'one' ? [found.name] : found.found === 'several' ? found.names : found.near;
          for (const one of given) expect(names).toContain(one);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
