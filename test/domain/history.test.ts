/** The history of changes: laws that hold whatever happened in between, and what one reader sees of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { diff } from '../../src/domain/diff.ts';
import { compacted, historyFor, type Reader, type Told } from '../../src/domain/history.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { ChangeLine } from '../../src/domain/notice.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { anyTimetable, occurrence, ZONE } from './arbitrary.ts';
import { anyEdits } from './edits.ts';
import { apply, seen } from './seen.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-20T09:00Z');
const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const RUNS = { numRuns: 1000 };

/** One telling after another, a minute apart. */
function tellings(states: readonly (readonly Occurrence[])[]): Told[] {
  return states
    .slice(1)
    .flatMap((after, n) => diff(states[n] ?? [], after, EVER).map((change) => ({ at: NOW + n * MINUTE, change })));
}

describe('compacted, as properties', () => {
  test('what is left of any number of tellings leads from the first state to the last', () => {
    fc.assert(
      fc.property(fc.array(anyTimetable, { minLength: 2, maxLength: 4 }), (states) => {
        const changes = compacted(tellings(states)).map(({ change }) => change);
        expect(apply(states[0] ?? [], changes)).toEqual(seen(states.at(-1) ?? []));
      }),
      RUNS,
    );
  });

  test('back at the start is nothing, by whatever ways', () => {
    fc.assert(
      fc.property(anyEdits, anyTimetable, ({ before, after }, other) => {
        expect(compacted(tellings([before, after, before]))).toEqual([]);
        const unstruck = (list: readonly Occurrence[]) => list.filter(({ cancelled }) => !cancelled);
        expect(compacted(tellings([before, after, other, before].map(unstruck)))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('one telling stays as it was told, in whatever order its rows are read', () => {
    const shuffled = anyEdits.chain(({ before, after }) => {
      const told = tellings([before, after]);
      return fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }));
    });
    fc.assert(
      fc.property(shuffled, ([told, mixed]) => {
        const kinds = (list: readonly Told[]) => list.map(({ change }) => change.kind).sort();
        expect(compacted(mixed).length).toBeLessThanOrEqual(told.length);
        expect(kinds(compacted(mixed))).toEqual(kinds(compacted(told)));
      }),
      RUNS,
    );
  });
});

const at = (day: number, start: string, patch: Partial<Lesson> = {}): Occurrence =>
  occurrence(addDays('2026-11-24', day), start, patch);
const room = (name: string): Partial<Lesson> => ({ place: { room: name, link: '', format: 'onsite' } });

const ALL: Reader = { subgroup: '', hidden: [], muted: [], zone: null };
const WHERE = { zone: ZONE, week1: null, last: '2027-01-31' };

function short(line: ChangeLine): string {
  const was = 'before' in line ? `${line.before.start} ${line.before.room}` : '–';
  const is = 'after' in line ? `${line.after.start} ${line.after.room}` : '–';
  return `${line.kind === 'altered' ? line.what.join('+') : line.kind} ${was} → ${is}${line.run === undefined ? '' : ' ↻'}`;
}

/** «+2 time 10:00 404Л → 12:00 510М»: minutes after the first telling, and what is said of it. */
function read(states: readonly (readonly Occurrence[])[], reader: Partial<Reader> = {}): string[] {
  const { parts } = historyFor({ ...ALL, ...reader }, tellings(states), WHERE);
  return parts.flatMap(({ at, lines }) => lines.map((line) => `+${(at - NOW) / MINUTE} ${short(line)}`));
}

describe('the history as it is read', () => {
  const maths = at(0, '10:00');
  const CASES: [string, Occurrence[][], string[]][] = [
    ['nothing', [[maths], [maths]], []],
    [
      'A→B→C is A→C',
      [[maths], [at(0, '10:00', room('1'))], [at(0, '10:00', room('2'))]],
      ['+1 room 10:00 404Л → 10:00 2'],
    ],
    [
      'moved, then into another room',
      [[maths], [at(0, '12:00')], [at(0, '12:00', room('2'))]],
      ['+1 time+room 10:00 404Л → 12:00 2'],
    ],
    ['off and on again', [[maths], [], [maths]], []],
    ['off, and on again elsewhere', [[maths], [], [at(0, '10:00', room('2'))]], ['+1 room 10:00 404Л → 10:00 2']],
    ['new and off again', [[], [maths], []], []],
    ['new and moved is new', [[], [maths], [at(0, '12:00')]], ['+1 added – → 12:00 404Л']],
    [
      'struck before anybody knew, then on',
      [[at(0, '10:00', { cancelled: true })], [maths]],
      ['+0 restored – → 10:00 404Л'],
    ],
    [
      'two that change places, and one goes on',
      [
        [at(0, '10:00', room('1')), at(0, '12:00', room('2'))],
        [at(0, '10:00', room('2')), at(0, '12:00', room('1'))],
        [at(0, '10:00', room('3')), at(0, '12:00', room('1'))],
      ],
      ['+1 room 10:00 1 → 10:00 3', '+0 room 12:00 2 → 12:00 1'],
    ],
    [
      'the whole term is one line, and what was told last stands first',
      [
        [0, 7, 14, 21, 28].map((day) => at(day, '10:00')),
        [0, 7, 14, 21, 28].map((day) => at(day, '10:00', room('510М'))),
        [0, 7, 14, 21, 28].map((day) => at(day, '10:00', room(day === 7 ? '1' : '510М'))),
      ],
      ['+1 room 10:00 404Л → 10:00 1', '+0 room 10:00 404Л → 10:00 510М ↻'],
    ],
  ];
  test.each(CASES)('%s', (_, states, expected) => {
    expect(read(states)).toEqual(expected);
  });

  test('what a reader does not hear of is left out and counted', () => {
    const states = [
      [at(0, '10:00', { subgroup: '1' }), at(0, '12:00', { subgroup: '2' }), at(0, '14:00', { subject: 'Физра' })],
      [at(0, '10:00', { subgroup: '1', ...room('1') }), at(0, '12:00', { subgroup: '2', ...room('1') })],
    ];
    const reader = { ...ALL, subgroup: '1', hidden: [{ by: 'subject' as const, name: 'физра' }] };
    const { parts, unheard } = historyFor(reader, tellings(states), WHERE);
    expect(parts.flatMap(({ lines }) => lines.map(short))).toEqual(['room 10:00 404Л → 10:00 1']);
    expect(unheard).toBe(2);
  });

  test('of a change whose kind is not wanted only the rest is read', () => {
    const states = [[maths], [at(0, '12:00', room('1'))]];
    expect(read(states, { muted: ['room'] })).toEqual(['+0 time 10:00 404Л → 12:00 1']);
    expect(read(states, { muted: ['room', 'moved'] })).toEqual([]);
  });

  test('is read by the clocks of the reader', () => {
    expect(read([[maths], [at(0, '12:00')]], { zone: 'Asia/Omsk' })).toEqual(['+0 time 13:00 404Л → 15:00 404Л']);
  });
});
