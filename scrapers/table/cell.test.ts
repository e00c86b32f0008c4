/** One cell of a grid, with the slips of real sheets; the people are invented. */
import { describe, expect, test } from 'vitest';
import { lessonsIn } from './cell.ts';
import { readLayouts } from './layout.ts';

const ALL = [1, 2, 3, 4];
const layouts = new Map(readLayouts().map((layout) => [layout.id, layout]));

/** «subject | teachers | room | weeks | subgroup» of each lesson in the cell. */
function read(id: string, text: string, room = ''): readonly string[] {
  const layout = layouts.get(id);
  if (layout === undefined) throw new Error(`no layout ${id}`);
  const words = { text, more: '', kind: '', teacher: '', room, link: '' };
  return lessonsIn(words, layout, { own: ALL, all: ALL }).map(
    (one) => `${one.subject} | ${one.teachers.join(', ')} | ${one.room} | ${one.weeks.join()} | ${one.subgroup}`,
  );
}

describe('weeks in a cell', () => {
  const halves = ['ИСТОРИЯ | Орлова В.П. | 420 | 1,3 | ', 'ХИМИЯ | Гусев П.П. | 420 | 2,4 | '];

  test.each([
    ['1 н. ОУД.01 ИСТОРИЯ Орлова В.П. 2 н. ОУД.02 ХИМИЯ Гусев П.П.'],
    ['1 н    ОУД.01 ИСТОРИЯ Орлова В.П.\n2 н   ОУД.02 ХИМИЯ Гусев П.П.'],
    ['1н. ОУД.01 ИСТОРИЯ Орлова В.П. 2 н.. ОУД.02 ХИМИЯ Гусев П.П.'],
    ['1 н. _ОУД.01 ИСТОРИЯ Орлова В.П. _ 2 н . ОУД,02 ХИМИЯ Гусев П.П. .'],
    ['1 н. П.01 ИСТОРИЯ Орлова В.П, 2 н. МДК.02.01 ХИМИЯ Гусев П.П'],
  ])('«%s»', (text) => {
    expect(read('mirea-college', text, '420')).toEqual(halves);
  });

  test.each(['1 н ________ 2 н. ОП.01 ХИМИЯ Гусев П.П.', '1 н. ------ 2 н ХИМИЯ Гусев П.П.'])('«%s»', (text) => {
    expect(read('mirea-college', text, '420')).toEqual(halves.slice(1));
  });
});

describe('rooms of a cell in two parts', () => {
  const LANGUAGE = 'ЯЗЫК Орлова В.П. Сомова Е.И.';
  const SPORT = 'СПОРТ Гусев П.П. Лыков А.А.';

  test('one teacher each: in the order of the parts', () => {
    expect(read('mirea-college', '1 н. ИСТОРИЯ Орлова В.П. 2 н. ХИМИЯ Гусев П.П.', '420 /   431')).toEqual([
      'ИСТОРИЯ | Орлова В.П. | 420 | 1,3 | ',
      'ХИМИЯ | Гусев П.П. | 431 | 2,4 | ',
    ]);
  });

  test('as many rooms as teachers: each part has those of its teachers', () => {
    expect(read('mirea-college', `1 н. ИСТОРИЯ Гусев П.П. 2 н. ${LANGUAGE}`, '502 / 269 / 528')).toEqual([
      'ИСТОРИЯ | Гусев П.П. | 502 | 1,3 | ',
      'ЯЗЫК | Орлова В.П., Сомова Е.И. | 269 / 528 | 2,4 | ',
    ]);
  });

  test('fewer rooms than teachers: nobody says whose they are, so both parts show them as printed', () => {
    expect(read('mirea-college', `1 н. ${LANGUAGE} 2 н. ${SPORT}`, '329/ 322')).toEqual([
      'ЯЗЫК | Орлова В.П., Сомова Е.И. | 329 / 322 | 1,3 | ',
      'СПОРТ | Гусев П.П., Лыков А.А. | 329 / 322 | 2,4 | ',
    ]);
  });
});

test.each([
  ['МАТЕМАТИКА Орлова В.П', 'МАТЕМАТИКА | Орлова В.П. | 420 | 1,2,3,4 | '],
  ['МАТЕМАТИКА Орлова  В. П.', 'МАТЕМАТИКА | Орлова В. П. | 420 | 1,2,3,4 | '],
  ['ДОП (Орлова В.П.)', 'ДОП | Орлова В.П. | 420 | 1,2,3,4 | '],
  ['РОССИЯ - МОЯ ИСТОРИЯ', 'РОССИЯ - МОЯ ИСТОРИЯ |  | 420 | 1,2,3,4 | '],
])('«%s» in the plain', (text, wanted) => {
  expect(read('mirea-college', text, '420')).toEqual([wanted]);
});
