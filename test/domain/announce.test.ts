import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { announce, type Listener } from '../../src/domain/announce.ts';
import { addDays, type Instant, instantOf, wallOf } from '../../src/domain/calendar.ts';
import { CHANGE_KINDS, type Change, diff, kindsOf } from '../../src/domain/diff.ts';
import { hearing } from '../../src/domain/hear.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { entryOf, type Notice } from '../../src/domain/notice.ts';
import { anyTimetable, occurrence, ZONE } from './arbitrary.ts';

const NOW = instantOf('2026-11-24', '09:00', ZONE);
const HOUR = 3_600_000;
const ABOUT = { title: 'ПИ-21', zone: ZONE, now: NOW, week1: null, last: '2027-01-31' };
const listener = (id: number, patch: Partial<Listener> = {}): Listener => ({
  id,
  language: 'ru',
  horizon: 'week',
  muted: [],
  subgroup: '',
  hidden: [],
  quiet: null,
  zone: null,
  ...patch,
});
const PEERS = [listener(1), listener(2, { language: 'en' }), listener(3)];
const off = (day: string, start: string, patch: Partial<Lesson> = {}): Change => ({
  kind: 'cancelled',
  before: occurrence(day, start, patch),
});

/** The days of the lessons a notice speaks of. */
function daysOf(notices: readonly Notice[]): string[] {
  return notices.flatMap(({ saying }) =>
    saying.kind === 'changes' ? saying.changes.map((one) => ('before' in one ? one.before : one.after).day) : [],
  );
}

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

describe('each hears what it wants to', () => {
  test.each<[Listener['horizon'], string[]]>([
    ['near', ['2026-11-24', '2026-11-25']],
    ['week', ['2026-11-24', '2026-11-25', '2026-11-26', '2026-12-01']],
    ['all', ['2026-11-24', '2026-11-25', '2026-11-26', '2026-12-01', '2027-03-01']],
  ])('horizon %s: %j', (horizon, days) => {
    const changes = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-12-01', '2027-03-01'].map((day) =>
      off(day, day === '2026-12-01' ? '08:30' : '23:00'),
    );
    expect(daysOf(announce(changes, ABOUT, [listener(1, { horizon })]))).toEqual(days);
  });

  const moved: Change = {
    kind: 'altered',
    before: occurrence('2026-11-25', '10:00'),
    after: occurrence('2026-11-25', '12:00', { place: { room: '510М', link: '', format: 'onsite' } }),
    what: ['time', 'room'],
  };

  test.each<[Listener['muted'], string[] | null]>([
    [[], ['time', 'room']],
    [['room'], ['time']],
    [['moved'], ['room']],
    [['moved', 'room'], null],
    [
      ['cancelled', 'teacher'],
      ['time', 'room'],
    ],
  ])('without %j a lesson moved to another room is told as %j', (muted, what) => {
    const [notice] = announce([moved], ABOUT, [listener(1, { muted })]);
    if (what === null) expect(notice).toBeUndefined();
    else expect(notice?.saying).toMatchObject({ changes: [{ what }] });
  });

  test('what is left of a change whose move is not wanted is told where the lesson now is, every week of it', () => {
    const weekly = [0, 7, 14, 21].map((days): Change => {
      const [from, to] = [addDays('2026-11-25', days), addDays('2026-11-26', days)];
      const after = occurrence(to, '12:00', { place: { room: '510М', link: '', format: 'onsite' } });
      return { kind: 'altered', before: occurrence(from, '10:00'), after, what: ['time', 'room'] };
    });
    const told = (changes: readonly Change[]) =>
      announce(changes, ABOUT, [listener(1, { muted: ['moved'] })]).map(({ saying }) => saying);
    expect(told(weekly.slice(0, 1))).toMatchObject([
      { changes: [{ before: { day: '2026-11-26', start: '12:00' }, after: { day: '2026-11-26', start: '12:00' } }] },
    ]);
    expect(told(weekly)).toMatchObject([{ changes: [{ run: { from: '2026-11-26', to: '2026-12-17' } }] }]);
  });

  test('of one subgroup, and not what is hidden; what takes the place of something hidden is told', () => {
    const changes = [
      off('2026-11-24', '10:00', { subgroup: '1' }),
      off('2026-11-25', '10:00', { subgroup: '2' }),
      off('2026-11-26', '10:00', { subject: 'Физкультура' }),
      {
        kind: 'altered' as const,
        before: occurrence('2026-11-27', '10:00', { subject: 'Физкультура' }),
        after: occurrence('2026-11-27', '10:00', { subject: 'Право' }),
        what: ['subject' as const],
      },
    ];
    const picky = listener(1, { subgroup: '2', hidden: [{ by: 'subject', name: 'физкультура' }] });
    expect(daysOf(announce(changes, ABOUT, [picky]))).toEqual(['2026-11-25', '2026-11-27']);
  });

  test('times are told by the listener’s own clocks', () => {
    const [notice] = announce([off('2026-11-24', '22:30')], ABOUT, [listener(1, { zone: 'Asia/Omsk' })]);
    expect(notice?.saying).toMatchObject({
      zone: 'Asia/Omsk',
      changes: [{ before: { day: '2026-11-25', start: '01:30', end: '03:00' } }],
    });
  });

  test('equal wishes share one notice, and equal words of different wishes one batch', () => {
    const many = Array.from({ length: 300 }, (_, id) => listener(id, { muted: id % 2 === 0 ? [] : ['room'] }));
    const notices = announce([off('2026-11-24', '10:00')], ABOUT, many);
    expect(notices).toHaveLength(2);
    expect(new Set(notices.map((notice) => entryOf(notice).fire)).size).toBe(1);
  });
});

describe('quiet hours', () => {
  const quiet = { from: '23:00', to: '07:00' };
  const told = (day: string, clock: string, changes: Change[], zone = ZONE, own: string | null = null) => {
    const now = instantOf(day, clock, zone);
    return announce(changes, { ...ABOUT, zone, now }, [listener(1, { quiet, zone: own })]).map(({ due, deadline }) => [
      wallOf(due, zone),
      wallOf(deadline, zone),
    ]);
  };
  const at = (day: string, clock: string) => ({ day, clock });

  test('hold a change back until they end; it lives a day from then', () => {
    const later = [off('2026-11-27', '10:00')];
    expect(told('2026-11-24', '23:30', later)).toEqual([[at('2026-11-25', '07:00'), at('2026-11-26', '07:00')]]);
    expect(told('2026-11-25', '06:59', later)).toEqual([[at('2026-11-25', '07:00'), at('2026-11-26', '07:00')]]);
    expect(told('2026-11-25', '07:00', later)).toEqual([[at('2026-11-25', '07:00'), at('2026-11-26', '07:00')]]);
  });

  test('are broken when a lesson of the batch is before their end, and the batch stays one', () => {
    const early = [off('2026-11-25', '06:30'), off('2026-11-27', '10:00')];
    expect(told('2026-11-24', '23:30', early)).toEqual([[at('2026-11-24', '23:30'), at('2026-11-25', '23:30')]]);
  });

  test('go by the listener’s own clocks', () => {
    const later = [off('2026-11-27', '10:00')];
    expect(told('2026-11-24', '21:00', later, ZONE, 'Asia/Omsk')).toEqual([
      [at('2026-11-25', '04:00'), at('2026-11-26', '04:00')],
    ]);
  });

  test('keep their wall time in the nights when the clocks change', () => {
    const [march, october] = ['2027-04-01', '2027-11-02'].map((day) => [
      { kind: 'cancelled' as const, before: occurrence(day, '10:00', {}, 'Europe/Berlin') },
    ]);
    expect(told('2027-03-27', '23:30', march ?? [], 'Europe/Berlin')[0]?.[0]).toEqual(at('2027-03-28', '07:00'));
    expect(told('2027-10-30', '23:30', october ?? [], 'Europe/Berlin')[0]?.[0]).toEqual(at('2027-10-31', '07:00'));
  });
});

describe('whatever changed and whoever listens', () => {
  const wishes = fc.record({
    horizon: fc.constantFrom('near' as const, 'week' as const, 'all' as const),
    muted: fc.subarray([...CHANGE_KINDS]),
    subgroup: fc.constantFrom('', '1', '2'),
    hidden: fc.constantFrom(
      [],
      [{ by: 'subject' as const, name: 'матан' }],
      [{ by: 'teacher' as const, name: 'Иванов' }],
    ),
    quiet: fc.constantFrom(null, { from: '22:00', to: '08:00' }, { from: '09:00', to: '12:00' }),
  });
  const window = { from: NOW, to: NOW + 60 * 24 * HOUR };

  test('each is told exactly the wanted kinds of wanted lessons, once', () => {
    fc.assert(
      fc.property(anyTimetable, anyTimetable, wishes, (before, after, wish) => {
        const changes = diff(before, after, window);
        const notices = announce(changes, ABOUT, [listener(1, wish)]);
        expect(notices.length).toBeLessThanOrEqual(1);
        const unheard = hearing(wish);
        const lines = notices.flatMap(({ saying }) => (saying.kind === 'changes' ? saying.changes : []));
        for (const one of lines) {
          expect(kindsOf(one).some((kind) => wish.muted.includes(kind))).toBe(false);
          const sides = [...('before' in one ? [one.before] : []), ...('after' in one ? [one.after] : [])];
          expect(sides.some((side) => unheard(side) === null)).toBe(true);
        }
        // What is not told is unwanted: with every kind and any day wanted, each heard change has its line.
        const all = announce(changes, ABOUT, [listener(1, { ...wish, horizon: 'all', muted: [] })]);
        const heard = changes.filter((change) =>
          [...('before' in change ? [change.before] : []), ...('after' in change ? [change.after] : [])].some(
            (side) => unheard(side) === null,
          ),
        );
        const count = all.flatMap(({ saying }) => (saying.kind === 'changes' ? saying.changes : [])).length;
        expect(count).toBe(Math.min(heard.length, 40));
      }),
      { numRuns: 1000 },
    );
  });

  test('many together are told what each is told alone', () => {
    fc.assert(
      fc.property(anyTimetable, anyTimetable, fc.array(wishes, { maxLength: 8 }), (before, after, all) => {
        const changes = diff(before, after, window);
        const listeners = all.map((wish, id) => listener(id, wish));
        const said = (notices: readonly Notice[]): [number, Instant, string][] =>
          notices
            .flatMap(({ peers, due, saying }) =>
              peers.map((id): [number, Instant, string] => [id, due, JSON.stringify(saying)]),
            )
            .sort((a, b) => a[0] - b[0]);
        expect(said(announce(changes, ABOUT, listeners))).toEqual(
          said(listeners.flatMap((one) => announce(changes, ABOUT, [one]))),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
