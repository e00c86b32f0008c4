/** What one peer is told by itself and when, and why a lesson is not announced. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alikeIn } from '../../src/domain/alike.ts';
import { type Clock, type Day, instantOf, wallOf } from '../../src/domain/calendar.ts';
import { withHomework } from '../../src/domain/homework.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { newPeer, type Peer } from '../../src/domain/peer.ts';
import { fateOf, type Planned, plan, planner, wishesOf } from '../../src/domain/plan.ts';
import { ALERT_LEADS, reminderNotices } from '../../src/domain/remind.ts';
import { type Dated, datedOf, markLessons } from '../../src/domain/sitting.ts';
import { anyTimetable, occurrence, ZONE } from './arbitrary.ts';

const MINUTE = 60_000;
/** A Tuesday. */
const DAY = '2026-11-24';
const SILENT: Partial<Peer> = { leads: [], firstLead: null, evening: null, exams: false };

function peer(patch: Partial<Peer>): Peer {
  return { ...newPeer(1, 'ru', null), ...SILENT, ...patch };
}
function lesson(start: Clock, patch: Partial<Lesson> = {}, day: Day = DAY): Dated {
  return datedOf(occurrence(day, start, patch));
}
const at = (clock: Clock, day: Day = DAY) => instantOf(day, clock, ZONE);
const whole = { from: at('00:00', '2026-11-22'), to: at('00:00', '2026-12-06') };

/** «2026-11-24 09:45 each Матан 10:00»: when it may be sent, what it is, what of. */
function told(planned: readonly Planned[], zone = ZONE): string[] {
  return planned.map(({ due, what, saying }) => {
    const { day, clock } = wallOf(due, zone);
    const lessons = 'lessons' in saying ? saying.lessons : [];
    return `${day.slice(5)} ${clock} ${what} ${lessons.map((one) => `${one.subject} ${one.start}`).join(', ')}`;
  });
}

const MATHS = lesson('10:00');
const PHYSICS = lesson('14:00', { subject: 'Физика', subgroup: '2' });
const EXAM = lesson('09:00', { subject: 'Право', kind: 'exam' }, '2026-11-26');
const ALL = [EXAM, PHYSICS, MATHS];

describe('a plan with homework', () => {
  const lessons = withHomework(ALL, [{ day: DAY, subject: 'матан', subgroup: '', text: '№5' }]);
  const [evening, morning] = ['19:00', '07:30'];

  test.each<[string, Partial<Peer>, string[]]>([
    ['tells it alone the evening before', { homework: '18:00' }, ['11-23 18:00 homework Матан №5']],
    [
      'tells it in the evening digest and not a second time',
      { homework: '18:00', evening },
      ['11-23 19:00 evening Матан №5, Физика', '11-25 19:00 evening Право'],
    ],
    [
      'tells it in the morning too',
      { homework: '18:00', morning },
      ['11-23 18:00 homework Матан №5', '11-24 07:30 morning Матан №5, Физика', '11-26 07:30 morning Право'],
    ],
    [
      'says none to who does not want any',
      { homework: null, evening },
      ['11-23 19:00 evening Матан, Физика', '11-25 19:00 evening Право'],
    ],
    [
      'says none minutes before the lesson',
      { homework: null, leads: [15], subgroup: '1', exams: false },
      ['11-24 09:45 each Матан', '11-26 08:45 each Право'],
    ],
    ['says none of what is hidden', { homework: '18:00', hidden: [{ by: 'subject', name: 'Матан' }] }, []],
  ])('%s', (_, wishes, expected) => {
    const said = plan(wishesOf(peer(wishes)), ZONE, lessons, whole).map(({ due, what, saying }) => {
      const { day, clock } = wallOf(due, ZONE);
      const lines = 'lessons' in saying ? saying.lessons : [];
      const words = lines.map(({ subject, homework }) => (homework === undefined ? subject : `${subject} ${homework}`));
      return `${day.slice(5)} ${clock} ${what} ${words.join(', ')}`;
    });
    expect(said).toEqual(expected);
  });
});

describe('a plan', () => {
  test.each<[string, Partial<Peer>, string[]]>([
    ['nothing where nothing is wanted', {}, []],
    [
      'every lead of every lesson',
      { leads: [15, 1] },
      [
        '11-24 09:45 each Матан 10:00',
        '11-24 09:59 each Матан 10:00',
        '11-24 13:45 each Физика 14:00',
        '11-24 13:59 each Физика 14:00',
        '11-26 08:45 each Право 09:00',
        '11-26 08:59 each Право 09:00',
      ],
    ],
    ['the first of each day', { firstLead: 40 }, ['11-24 09:20 first Матан 10:00', '11-26 08:20 first Право 09:00']],
    [
      'the first that is heard of',
      { firstLead: 40, hidden: [{ by: 'subject', name: 'матан' }] },
      ['11-24 13:20 first Физика 14:00', '11-26 08:20 first Право 09:00'],
    ],
    [
      'one message where two settings ask for the same words at the same minute',
      { leads: [15], firstLead: 15, subgroup: '1' },
      ['11-24 09:45 each Матан 10:00', '11-26 08:45 each Право 09:00'],
    ],
    [
      'exams a day and an hour before',
      { exams: true },
      ['11-25 09:00 exam Право 09:00', '11-26 08:00 exam Право 09:00'],
    ],
    [
      'digests of days with lessons only',
      { evening: '19:00', morning: '07:30', week: { weekday: 7, at: '18:00' } },
      [
        '11-22 18:00 week Матан 10:00, Физика 14:00, Право 09:00',
        '11-23 19:00 evening Матан 10:00, Физика 14:00',
        '11-24 07:30 morning Матан 10:00, Физика 14:00',
        '11-25 19:00 evening Право 09:00',
        '11-26 07:30 morning Право 09:00',
      ],
    ],
    [
      'what is due in quiet hours when they end, once',
      { leads: [180, 60, 15], quiet: { from: '23:00', to: '09:30' }, hidden: [{ by: 'subject', name: 'Физика' }] },
      // The exam begins inside them: it is said at once.
      [
        '11-24 09:30 each Матан 10:00',
        '11-24 09:45 each Матан 10:00',
        '11-26 06:00 each Право 09:00',
        '11-26 08:00 each Право 09:00',
        '11-26 08:45 each Право 09:00',
      ],
    ],
  ])('%s', (_, wishes, expected) => {
    expect(told(plan(wishesOf(peer(wishes)), ZONE, ALL, whole))).toEqual(expected);
  });

  test('by the clocks of the peer where it has its own', () => {
    const wishes = wishesOf(peer({ leads: [15], evening: '19:00', zone: 'Asia/Vladivostok' }));
    // 19:00 in Moscow is two at night in Vladivostok: Tuesday there is Tuesday afternoon in Moscow at the latest.
    expect(told(plan(wishes, ZONE, ALL, whole), 'Asia/Vladivostok')).toEqual([
      '11-23 19:00 evening Матан 17:00, Физика 21:00',
      '11-24 16:45 each Матан 17:00',
      '11-24 20:45 each Физика 21:00',
      '11-25 19:00 evening Право 16:00',
      '11-26 15:45 each Право 16:00',
    ]);
  });

  test('joined lessons after the filters: what is hidden between them joins nothing', () => {
    const pair = [1, 2, 3].map((number) => lesson(`${8 + 2 * (number - 1)}:00`.padStart(5, '0'), { number }));
    const short = pair.map((one) => ({ ...one, endsAt: one.startsAt + 105 * MINUTE, line: { ...one.line, end: '' } }));
    const starts = (wishes: Partial<Peer>) =>
      plan(wishesOf(peer({ leads: [5], ...wishes })), ZONE, short, whole).map(({ saying }) =>
        saying.kind === 'reminder' ? saying.lessons.map(({ start, joined = 1 }) => `${start} ${joined}`).join() : '',
      );
    expect(starts({})).toEqual(['08:00 3']);
    expect(starts({ hidden: [{ by: 'slot', name: '2' }] })).toEqual(['08:00 1', '12:00 1']);
    expect(starts({ hidden: [{ by: 'slot', name: '1' }] })).toEqual(['10:00 2']);
  });

  test('spans that follow each other plan everything exactly once, wherever they are cut', () => {
    const wishes = wishesOf(
      peer({
        leads: [90, 5],
        firstLead: 40,
        exams: true,
        evening: '19:00',
        morning: '07:30',
        week: { weekday: 7, at: '18:00' },
      }),
    );
    fc.assert(
      fc.property(
        anyTimetable,
        fc.array(fc.integer({ min: whole.from, max: whole.to }), { maxLength: 6 }),
        (timetable, cuts) => {
          const lessons = timetable.map(datedOf);
          const marks = [...new Set([whole.from, ...cuts, whole.to])].sort((a, b) => a - b);
          const parts = marks.slice(1).flatMap((to, index) => {
            const from = marks[index] ?? whole.from;
            return plan(wishes, ZONE, lessons, { from, to });
          });
          expect(told(parts)).toEqual(told(plan(wishes, ZONE, lessons, whole)));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('of a peer whose filters hide nothing is what the sets say', () => {
    const hidden: Peer['hidden'] = [{ by: 'subject', name: 'Нет такого' }];
    const leads = { leads: [90, 5], firstLead: 40, exams: true };
    fc.assert(
      fc.property(anyTimetable, (timetable) => {
        const lessons = timetable.map(datedOf);
        const marks = markLessons(lessons).filter(({ line }) => !line.cancelled);
        const due = (what: 'each' | 'first' | 'exam', lead: number) =>
          reminderNotices(
            marks
              .filter((one) => !one.joins && (what === 'each' || one[what]))
              .map(({ startsAt, endsAt, told: line }) => {
                const facts = { timetableId: 1, zone: ZONE, language: 'ru' as const, peers: [1] };
                return { ...facts, startsAt, endsAt, line };
              }),
            lead,
          );
        const sets = [
          ...leads.leads.flatMap((lead) => due('each', lead)),
          ...due('first', leads.firstLead),
          ...ALERT_LEADS.flatMap((lead) => due('exam', lead)),
        ];
        const facts = (notices: readonly Pick<Planned, 'saying' | 'due' | 'deadline'>[]) =>
          new Set(notices.map(({ saying, due, deadline }) => JSON.stringify([due, deadline, saying])));
        const far = { from: 0, to: Number.MAX_SAFE_INTEGER / 2 };
        const planned = plan(wishesOf(peer({ ...leads, hidden })), ZONE, lessons, far);
        expect(facts(planned)).toEqual(facts(sets));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('why a lesson is not announced', () => {
  const two = [lesson('08:00', { subject: 'Право' }), ...ALL];
  test.each<[string, Partial<Peer>, Dated, string]>([
    ['hidden', { leads: [5], hidden: [{ by: 'subject', name: 'матан' }] }, MATHS, 'hidden'],
    ['of the other subgroup', { leads: [5], subgroup: '1' }, PHYSICS, 'subgroup'],
    ['nothing asked for', {}, MATHS, 'off'],
    ['exams only', { exams: true }, MATHS, 'off'],
    ['not the first of the day', { firstLead: 30 }, MATHS, 'not-first'],
    ['off', { leads: [5] }, lesson('10:00', { cancelled: true }), 'cancelled'],
    ['all day', { leads: [5] }, { ...MATHS, line: { ...MATHS.line, allDay: true } }, 'all-day'],
    ['told with the lesson before it', { leads: [5] }, lesson('11:45'), 'joined'],
    ['the peer cannot be written to', { leads: [5], asleep: '901' }, MATHS, 'asleep'],
  ])('%s', (_, wishes, it, silence) => {
    const all = [...two.filter(({ startsAt }) => startsAt !== it.startsAt || it.line.subject !== 'Матан'), it];
    const first = silence === 'joined' ? [...all, MATHS] : all;
    expect(fateOf(peer(wishes), ZONE, first, it)).toEqual({ silence });
  });

  test('one that is announced says when, and that quiet hours hold it back', () => {
    const fate = fateOf(peer({ leads: [180, 5], quiet: { from: '22:00', to: '08:00' } }), ZONE, ALL, MATHS);
    expect('notices' in fate && fate.notices.map(({ wanted, due }) => [wanted, due])).toEqual([
      [at('07:00'), at('08:00')],
      [at('09:55'), at('09:55')],
    ]);
  });

  test('a lesson has notices exactly when the plan tells of it', () => {
    fc.assert(
      fc.property(
        anyTimetable,
        fc.constantFrom<Partial<Peer>>(
          { leads: [5] },
          { firstLead: 30 },
          { leads: [5], subgroup: '1' },
          { exams: true },
        ),
        (timetable, wishes) => {
          const lessons = timetable.map(datedOf);
          const me = peer(wishes);
          const far = { from: 0, to: Number.MAX_SAFE_INTEGER / 2 };
          const starts = new Set(plan(wishesOf(me), ZONE, lessons, far).map(({ startsAt }) => startsAt));
          for (const one of lessons)
            if ('notices' in fateOf(me, ZONE, lessons, one)) expect(starts).toContain(one.startsAt);
          const announced = lessons.filter((one) => 'notices' in fateOf(me, ZONE, lessons, one));
          expect(new Set(announced.map(({ startsAt }) => startsAt))).toEqual(starts);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const anyPeer: fc.Arbitrary<Peer> = fc
  .record({
    leads: fc.subarray([15, 30, 900]),
    firstLead: fc.constantFrom(null, 30),
    exams: fc.boolean(),
    evening: fc.constantFrom(null, '19:00'),
    morning: fc.constantFrom(null, '07:30'),
    homework: fc.constantFrom(null, '18:00'),
    quiet: fc.constantFrom(null, { from: '22:00', to: '08:00' }),
    subgroup: fc.constantFrom('', '1', '2'),
    hidden: fc.subarray([
      { by: 'subject', name: 'Матан' },
      { by: 'subject', name: 'нет такого' },
      { by: 'kind', name: 'lecture' },
      { by: 'slot', name: '2' },
    ] as const),
    zone: fc.constantFrom(null, 'Asia/Omsk'),
    language: fc.constantFrom('ru' as const, 'en' as const),
  })
  .map((patch) => ({ ...newPeer(1, 'ru', null), ...patch }));

describe('many plans of one timetable', () => {
  const span = { from: at('00:00'), to: at('00:00', '2026-11-28') };

  test('are what each is by itself, whoever was planned before, and of whichever lessons', () => {
    fc.assert(
      fc.property(
        fc.array(anyPeer, { maxLength: 6 }),
        fc.array(anyTimetable, { minLength: 1, maxLength: 3 }),
        (peers, all) => {
          const planned = planner(ZONE, span);
          for (const peer of peers)
            for (const lessons of all.map((some) => some.map(datedOf)))
              expect(planned(wishesOf(peer), lessons)).toEqual(plan(wishesOf(peer), ZONE, lessons, span));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are alike for those who hear of the same lessons and wish the same else', () => {
    fc.assert(
      fc.property(fc.array(anyPeer, { minLength: 1, maxLength: 12 }), anyTimetable, (peers, some) => {
        const lessons = some.map(datedOf);
        const groups = alikeIn(peers, some, wishesOf);
        expect(groups.flat().toSorted((a, b) => peers.indexOf(a) - peers.indexOf(b))).toEqual(peers);
        for (const [first, ...others] of groups)
          for (const other of others)
            expect(plan(wishesOf(other), ZONE, lessons, span)).toEqual(plan(wishesOf(first), ZONE, lessons, span));
      }),
      { numRuns: 300 },
    );
  });

  test('what one hides and nobody teaches parts nobody', () => {
    const hiding = (name: string) => peer({ hidden: [{ by: 'subject', name }], subgroup: '1' });
    const peers = [hiding('Химия'), hiding('Логика'), peer({ subgroup: '1' }), hiding('матан'), hiding('МАТАН')];
    const lessons = ALL.map(({ line }) => line);
    expect(alikeIn(peers, lessons, wishesOf).map((some) => some.map((one) => peers.indexOf(one)))).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });
});
