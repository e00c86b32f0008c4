/** Sayings come back from the outbox as they went in, and are found by the same key. */
import { expect, test } from 'vitest';
import { type Saying, sayingKey } from '../../src/domain/notice.ts';
import { packSaying, unpackSaying } from '../../src/store/kept-saying.ts';
import { occurrence } from './make.ts';

const common = { language: 'en', zone: 'Asia/Omsk' } as const;
const { line } = occurrence(0);

test.each<Saying>([
  { ...common, kind: 'reminder', lessons: [line] },
  { ...common, kind: 'reminder', lessons: [line, { ...line, subgroup: '2', joined: 2, endDay: '2026-09-02' }] },
  { ...common, kind: 'reminder', lessons: [] },
  // By the reader's own clocks: the message says whose they are.
  { ...common, own: true, kind: 'reminder', lessons: [line] },
  { kind: 'reminder', language: 'ru', zone: 'Europe/Moscow', lessons: [line] },
  { kind: 'reminder', language: 'ru', zone: 'America/Sao_Paulo', lessons: [line] },
  { ...common, kind: 'evening', day: '2026-09-01', lessons: [line] },
  { ...common, kind: 'follow-up', change: { kind: 'cancelled', before: line } },
])('$kind', (saying) => {
  const back = unpackSaying(packSaying(saying));
  expect(back).toStrictEqual(saying);
  expect(sayingKey(back)).toBe(sayingKey(saying));
});

test('a reminder of an ordinary lesson is kept in less than half of its canonical text', () => {
  const saying: Saying = { ...common, kind: 'reminder', lessons: [line] };
  expect(packSaying(saying).length).toBeLessThan(JSON.stringify(saying).length / 2);
  expect(unpackSaying(JSON.stringify(saying))).toEqual(saying);
});

test('what was kept in the first short form is read', () => {
  const facts = ['Математический анализ', '09:45', '11:20', 'lecture', ['Иванов И. И.'], '404Л', 2];
  const kept = ['reminder', 'en', 'Asia/Omsk', [['2026-09-01', facts]], 1];
  const saying: Saying = { ...common, own: true, kind: 'reminder', lessons: [line] };
  expect(unpackSaying(JSON.stringify(kept))).toEqual(saying);
});
