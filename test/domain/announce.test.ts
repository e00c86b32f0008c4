import { describe, expect, test } from 'vitest';
import { announce } from '../../src/domain/announce.ts';
import { addDays, instantOf } from '../../src/domain/calendar.ts';
import type { Change } from '../../src/domain/diff.ts';
import { occurrence, ZONE } from './arbitrary.ts';

const NOW = instantOf('2026-11-24', '09:00', ZONE);
const HOUR = 3_600_000;
const ABOUT = { title: 'ПИ-21', zone: ZONE, now: NOW, horizonDays: 7 };
const PEERS = [
  { id: 1, language: 'ru' },
  { id: 2, language: 'en' },
  { id: 3, language: 'ru' },
] as const;
const off = (day: string, start: string): Change => ({ kind: 'cancelled', before: occurrence(day, start) });

describe('announce', () => {
  test('one notice a language, changes in order of time', () => {
    const notices = announce([off('2026-11-26', '10:00'), off('2026-11-24', '10:00')], ABOUT, PEERS);
    expect(notices.map((notice) => [notice.saying.language, notice.peers])).toEqual([
      ['ru', [1, 3]],
      ['en', [2]],
    ]);
    for (const { saying, due } of notices) {
      expect(due).toBe(NOW);
      expect(saying).toMatchObject({
        kind: 'changes',
        title: 'ПИ-21',
        changes: [{ before: { day: '2026-11-24' } }, { before: { day: '2026-11-26' } }],
      });
      expect(saying).not.toHaveProperty('more');
    }
  });

  test('worthless when the last changed lesson is over, or after a day', () => {
    expect(announce([off('2026-11-24', '10:00')], ABOUT, PEERS)[0]?.deadline).toBe(NOW + 2.5 * HOUR);
    expect(announce([off('2026-11-26', '10:00')], ABOUT, PEERS)[0]?.deadline).toBe(NOW + 24 * HOUR);
  });

  test.each<[string, Change[], number]>([
    ['nothing changed', [], 0],
    ['over', [off('2026-11-24', '07:00')], 0],
    ['running', [off('2026-11-24', '08:30')], 1],
    ['in a week', [off('2026-12-01', '08:30')], 1],
    ['beyond the horizon', [off('2026-12-01', '10:00')], 0],
    [
      'moved from beyond the horizon',
      [
        {
          kind: 'altered',
          before: occurrence('2026-12-04', '10:00'),
          after: occurrence('2026-11-30', '10:00'),
          what: ['time'],
        },
      ],
      1,
    ],
  ])('%s', (_, changes, expected) => {
    expect(announce(changes, ABOUT, PEERS.slice(0, 1))).toHaveLength(expected);
  });

  test('nobody listens, nothing is said', () => {
    expect(announce([off('2026-11-24', '10:00')], ABOUT, [])).toEqual([]);
  });

  test('a flood is counted, not kept', () => {
    const many = Array.from({ length: 100 }, (_, index) => off(addDays('2026-11-25', index % 5), '10:00'));
    const saying = announce(many, ABOUT, PEERS)[0]?.saying;
    expect(saying).toMatchObject({ more: 60 });
    expect(saying?.kind === 'changes' && saying.changes.length).toBe(40);
  });
});
