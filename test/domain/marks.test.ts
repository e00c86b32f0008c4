/** Marks in views: what was told lately of the lessons that stand there, and those that are off. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff, hourOf, looksOf } from '../../src/domain/diff.ts';
import type { Told } from '../../src/domain/history.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { marked, type Shown } from '../../src/domain/marks.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';

const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const RUNS = { numRuns: 1000 };
const all = () => true;

function tellings(...states: readonly (readonly Occurrence[])[]): Told[] {
  return states.slice(1).flatMap((after, at) => diff(states[at] ?? [], after, EVER).map((change) => ({ at, change })));
}

function short({ start, place, cancelled, mark }: Shown): string {
  if (cancelled) return `${start} off`;
  if (mark === undefined) return start;
  return mark.kind === 'altered'
    ? `${start} ${mark.what.join('+')} ${mark.before.start} ${mark.before.room}`
    : `${start} ${mark.kind} ${place.room}`;
}

describe('marks', () => {
  const at = (start: string, patch: Partial<Lesson> = {}) => occurrence('2026-11-24', start, patch);
  const room = (name: string): Partial<Lesson> => ({ place: { room: name, link: '', format: 'onsite' } });
  const [ten, noon] = [at('10:00'), at('12:00', { subject: 'Физика' })];

  test.each<[string, Occurrence[][], string[]]>([
    ['nothing was told', [[ten]], ['10:00']],
    [
      'only what changed is marked',
      [
        [ten, noon],
        [at('10:00', room('1')), noon],
      ],
      ['10:00 room 10:00 404Л', '12:00'],
    ],
    ['by what it was first', [[ten], [at('11:00')], [at('11:00', room('1'))]], ['11:00 time+room 10:00 404Л']],
    ['there and back is no mark', [[ten], [at('11:00')], [ten]], ['10:00']],
    ['off stands in its place', [[ten, noon], [noon]], ['10:00 off', '12:00']],
    ['new', [[noon], [ten, noon]], ['10:00 added 404Л', '12:00']],
    ['on again', [[at('10:00', { cancelled: true })], [ten]], ['10:00 restored 404Л']],
    [
      'struck out by its source, which shows it: once',
      [[ten], [at('10:00', { cancelled: true, ...room('') })]],
      ['10:00 off'],
    ],
  ])('%s', (_, states, expected) => {
    expect(marked(states.at(-1) ?? [], tellings(...states), all).map(short)).toEqual(expected);
  });

  test('what has changed again and was not told yet has no mark, and stands nowhere twice', () => {
    const told = tellings([ten], [at('10:00', room('1'))]);
    expect(marked([at('10:00', room('2'))], told, all).map(short)).toEqual(['10:00']);
    expect(marked([at('10:00', room('2'))], tellings([ten], []), all).map(short)).toEqual(['10:00']);
  });

  test('whatever was told, every lesson stands where it stood, and what is off never beside what is on', () => {
    fc.assert(
      fc.property(anyTimetable, anyTimetable, anyTimetable, (a, b, unordered) => {
        const current = unordered.toSorted((left, right) => left.startsAt - right.startsAt);
        const shown = marked(current, tellings(a, b), all);
        const looks = (list: readonly Occurrence[]) => list.map(looksOf).sort();
        const hours = new Set(current.map(hourOf));
        const kept = shown.filter((one) => hours.has(hourOf(one)));
        expect(looks(kept)).toEqual(looks(current));
        expect(shown.filter((one) => !hours.has(hourOf(one))).every(({ cancelled }) => cancelled)).toBe(true);
        const starts = shown.map(({ startsAt }) => startsAt);
        expect(starts).toEqual([...starts].sort((left, right) => left - right));
      }),
      RUNS,
    );
  });
});
