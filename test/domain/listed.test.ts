/** By which words entries of a catalogue are found. */
import { expect, test } from 'vitest';
import { keyOf, namesPerson } from '../../src/domain/listed.ts';

test.each([
  ['group', 'ПИ-21', 'пи21'],
  ['teacher', 'Иванов Иван Иванович', 'иванов'],
  ['teacher', 'иванов и.и.', 'иванов'],
  ['teacher', 'доц. Соловьёв-Седой А. А.', 'соловьевседой'],
  ['teacher', 'И. И. Иванов', 'иванов'],
  ['room', '404Л', '404л'],
  ['room', 'ауд. 404 Л', '404л'],
  ['room', 'Аудитория №404Л', '404л'],
  ['room', 'Аудиторный зал', 'аудиторныйзал'],
  ['room', 'каб', 'каб'],
] as const)('%s «%s» is typed «%s»', (kind, name, key) => {
  expect(keyOf(kind, name)).toBe(key);
});

test.each([
  ['Иванов', 'Иванов Иван Иванович', true],
  ['ИВАНОВ', 'Иванов И. И.', true],
  ['иванов и и', 'Иванов Иван Иванович', true],
  ['иванов и.и.', 'Иванов Иван Иванович', true],
  ['Иванов Иван', 'Иванов И.И.', true],
  ['Иванов Ив', 'Иванов Иван Иванович', true],
  ['Ivanov', 'Иванов Иван Иванович', false],
  ['Иван', 'Иванов Иван Иванович', false],
  ['Иванов П.', 'Иванов Иван Иванович', false],
  ['Иванов Иван Петрович', 'Иванов И. И.', false],
  ['Иванова', 'Иванов И. И.', false],
  ['Иванов и все остальные', 'Иванов И. И.', false],
  ['', 'Иванов И. И.', false],
  ['Соловьев', 'Соловьёв (совм.) А. А.', true],
])('«%s» names %s: %s', (words, name, wanted) => {
  expect(namesPerson(words, name)).toBe(wanted);
});
