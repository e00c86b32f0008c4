import { describe, expect, test } from 'vitest';
import { addDays, clockOf } from '../../src/domain/calendar.ts';
import { type Change, diff, kindsOf } from '../../src/domain/diff.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { occurrence } from './arbitrary.ts';

const ALL = { from: Date.parse('2026-11-01T00:00Z'), to: Date.parse('2027-02-01T00:00Z') };

const kinds = (changes: readonly Change[]) =>
  changes.map((change) => (change.kind === 'altered' ? change.what.join('+') : change.kind));

describe('diff, case by case', () => {
  const at = (day: number, start: string, patch: Partial<Lesson> = {}) =>
    occurrence(addDays('2026-11-23', day), start, patch);
  const room = (name: string): Partial<Lesson> => ({ place: { room: name, link: '', format: 'onsite' } });
  const id = (sourceId: string): Partial<Lesson> => ({ sourceId });
  const CASES: [string, Occurrence[], Occurrence[], string[]][] = [
    ['another room', [at(1, '10:00')], [at(1, '10:00', room('510М'))], ['room']],
    ['another teacher', [at(1, '10:00')], [at(1, '10:00', { teachers: ['Петров'] })], ['teacher']],
    [
      'teachers in another order',
      [at(1, '10:00', { teachers: ['А', 'Б'] })],
      [at(1, '10:00', { teachers: ['Б', 'А'] })],
      [],
    ],
    [
      'only spaces, case and ё',
      [at(1, '10:00', { subject: 'Учёт  затрат' })],
      [at(1, '10:00', { subject: 'учет затрат' })],
      [],
    ],
    ['only the pair number', [at(1, '10:00')], [at(1, '10:00', { number: 2 })], []],
    [
      'only the link',
      [at(1, '10:00')],
      [at(1, '10:00', { place: { room: '404Л', link: 'https://call.example/1', format: 'onsite' } })],
      [],
    ],
    ['online', [at(1, '10:00')], [at(1, '10:00', { place: { room: '404Л', link: '', format: 'remote' } })], ['format']],
    ['marked cancelled', [at(1, '10:00')], [at(1, '10:00', { cancelled: true })], ['cancelled']],
    ['gone', [at(1, '10:00')], [], ['cancelled']],
    ['mark taken back', [at(1, '10:00', { cancelled: true })], [at(1, '10:00')], ['restored']],
    [
      'one struck out at another hour is not this one',
      [at(1, '10:00', { cancelled: true })],
      [at(1, '12:00')],
      ['added'],
    ],
    [
      'back with another teacher and room is back',
      [at(1, '10:00', { cancelled: true })],
      [at(1, '10:00', { teachers: ['Петров'], ...room('510М') })],
      ['restored'],
    ],
    [
      'a namesake that stays struck out is not back',
      [at(1, '10:00', { cancelled: true })],
      [at(1, '10:00', { cancelled: true }), at(1, '10:00', { teachers: ['Петров'] })],
      ['added'],
    ],
    [
      'of two namesakes struck out as many are back as are not struck any more',
      [at(1, '10:00', { cancelled: true }), at(1, '10:00', { cancelled: true, ...room('1') })],
      [at(1, '10:00'), at(1, '10:00', { cancelled: true, ...room('1') }), at(1, '10:00', room('2'))],
      ['restored', 'added'],
    ],
    ['another subgroup is not back', [at(1, '10:00', { cancelled: true, subgroup: '1' })], [at(1, '10:00')], ['added']],
    ['a cancelled one goes', [at(1, '10:00', { cancelled: true })], [], []],
    ['a cancelled one appears', [], [at(1, '10:00', { cancelled: true })], []],
    ['new', [], [at(1, '10:00')], ['added']],
    [
      'marked cancelled and put elsewhere is one move',
      [at(1, '10:00')],
      [at(1, '10:00', { cancelled: true }), at(2, '12:00')],
      ['time'],
    ],
    ['another week is not a move', [at(1, '10:00')], [at(8, '10:00')], ['cancelled', 'added']],
    ['Sunday and the next Monday are two weeks', [at(6, '10:00')], [at(7, '10:00')], ['cancelled', 'added']],
    [
      'another subject in the same room',
      [at(1, '10:00')],
      [at(1, '10:00', { subject: 'Физика', teachers: [] })],
      ['teacher+subject'],
    ],
    [
      'another subject elsewhere, by another',
      [at(1, '10:00')],
      [at(1, '10:00', { subject: 'Физика', teachers: ['Петров'], ...room('1') })],
      ['added', 'cancelled'],
    ],
    [
      'two candidates for one place are no replacement',
      [at(1, '10:00')],
      [at(1, '10:00', { subject: 'Физика' }), at(1, '10:00', { subject: 'Право' })],
      ['added', 'added', 'cancelled'],
    ],
    ['listed twice is once', [at(1, '10:00')], [at(1, '10:00'), at(1, '10:00')], []],
    [
      'two subgroups swap',
      [at(1, '10:00', { subgroup: '1' }), at(1, '12:00', { subgroup: '2' })],
      [at(1, '12:00', { subgroup: '1' }), at(1, '10:00', { subgroup: '2' })],
      ['time', 'time'],
    ],
    ['moved and re-roomed', [at(1, '10:00')], [at(3, '12:00', room('510М'))], ['time+room']],
    ['only the note, which is shown nowhere', [at(1, '10:00')], [at(1, '10:00', { note: 'тетрадь' })], []],
    ['only the id of the source', [at(1, '10:00', id('a'))], [at(1, '10:00', id('b'))], []],
    ['the same id in another week is a move', [at(1, '10:00', id('a'))], [at(8, '12:00', id('a'))], ['time']],
    [
      'one id for a whole series says nothing of its weeks',
      [at(1, '10:00', id('a')), at(8, '10:00', id('a'))],
      [at(8, '10:00', id('a')), at(15, '10:00', id('a'))],
      ['added', 'cancelled'],
    ],
    [
      'the same id and another subject elsewhere are two lessons',
      [at(1, '10:00', id('a'))],
      [at(2, '12:00', { ...id('a'), subject: 'Физика' })],
      ['added', 'cancelled'],
    ],
    [
      'the same id and another subject in the same slot are one, though everything else differs',
      [at(1, '10:00', id('a'))],
      [at(1, '10:00', { ...id('a'), subject: 'Физика', teachers: ['Петров'], ...room('1') })],
      ['room+teacher+subject'],
    ],
    [
      'the id tells which of two lessons of a subject went where',
      [at(1, '10:00', { ...id('a'), ...room('1') }), at(2, '10:00', { ...id('b'), ...room('1') })],
      [at(3, '10:00', { ...id('b'), ...room('2') }), at(4, '10:00', { ...id('a'), ...room('2') })],
      ['time+room', 'time+room'],
    ],
    [
      'ids that were dealt anew are not followed',
      [at(1, '10:00', id('1')), at(2, '10:00', id('2')), at(3, '10:00', id('3')), at(4, '10:00', id('4'))],
      [at(1, '10:00', id('2')), at(2, '10:00', id('3')), at(3, '10:00', id('4')), at(11, '10:00', id('1'))],
      ['added', 'cancelled'],
    ],
  ];
  test.each(CASES)('%s', (_, before, after, expected) => {
    expect(kinds(diff(before, after, ALL)).sort()).toEqual([...expected].sort());
  });

  test('of two namesakes the one that was struck out is back, in whatever order they stand', () => {
    const struck = [at(1, '10:00', { cancelled: true, ...room('2') })];
    const after = [at(1, '10:00', room('1')), at(1, '10:00', room('2'))];
    for (const list of [after, after.toReversed()])
      expect(
        diff(struck, list, ALL).map((change) => [change.kind, 'after' in change && change.after.place.room]),
      ).toEqual([
        ['added', '1'],
        ['restored', '2'],
      ]);
  });

  test('of several moved lessons of one subject each finds the likest, though another is nearer', () => {
    const before = [at(0, '10:00', { teachers: ['Иванов'] }), at(0, '12:00', { teachers: ['Петров'] })];
    const after = [at(2, '08:00', { teachers: ['Иванов'] }), at(3, '08:00', { teachers: ['Петров'] })];
    const changes = diff(before, after, ALL);
    expect(kinds(changes)).toEqual(['time', 'time']);
    for (const change of changes)
      if (change.kind === 'altered') expect(change.after.teachers).toEqual(change.before.teachers);
  });

  test('an id is stronger than the day, and is not followed across subgroups', () => {
    const before = [at(1, '10:00', { ...id('a'), subgroup: '1' }), at(1, '12:00', { ...id('b'), subgroup: '1' })];
    const after = [at(1, '13:00', { ...id('b'), subgroup: '1' }), at(1, '14:00', { ...id('a'), subgroup: '2' })];
    const changes = diff(before, after, ALL);
    expect(kinds(changes).sort()).toEqual(['added', 'cancelled', 'time']);
    for (const change of changes) if (change.kind === 'altered') expect(change.before.sourceId).toBe('b');
  });

  test('kinds of a change: what happened, or every field that differs', () => {
    const [change] = diff([at(1, '10:00')], [at(3, '12:00', room('510М'))], ALL);
    if (change === undefined) throw new Error('nothing changed');
    expect(kindsOf(change)).toEqual(['moved', 'room']);
    expect(kindsOf({ kind: 'cancelled' })).toEqual(['cancelled']);
  });

  test('only a start inside the window is told, on either side', () => {
    const [inside, outside] = [at(1, '10:00'), at(5, '10:00')];
    const window = { from: inside.startsAt, to: outside.startsAt };
    expect(kinds(diff([inside], [], window))).toEqual(['cancelled']);
    expect(diff([outside], [], window)).toEqual([]);
    expect(diff([at(1, '09:59')], [], window)).toEqual([]);
    expect(kinds(diff([outside], [at(4, '10:00')], window))).toEqual(['time']);
    expect(kinds(diff([at(4, '10:00')], [outside], window))).toEqual(['time']);
  });

  test('a lesson that is over is no partner: the page that forgets it and shows a new one added one', () => {
    const over = at(1, '10:00');
    const window = { from: over.endsAt, to: ALL.to };
    expect(kinds(diff([over], [at(4, '10:00')], window))).toEqual(['added']);
  });

  test('a hostile group of equal names costs no minute', () => {
    const many = (shift: number) =>
      Array.from({ length: 600 }, (_, index) => at(index % 5, clockOf(480 + shift), room(`${shift}-${index}`)));
    expect(diff(many(0), many(1), ALL)).toHaveLength(600);
  });
});
