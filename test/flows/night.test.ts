/** A night of changes while the clock is set back and forth and wishes change: in the morning a person knows what is true, and heard it once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { fold } from '../../src/domain/name.ts';
import type { ChangeLine } from '../../src/domain/notice.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { stop, wish } from '../../src/flows/follow.ts';
import { writeAndTell } from '../../src/flows/homework-late.ts';
import { remind } from '../../src/flows/remind.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { getTimetable, saveHomework } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { group, listener, on, relesson, wall } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ANYA = 101;
const NIGHT = { from: '23:00', to: '07:00' };
const SUBJECTS = ['Матан', 'Физика'] as const;
type Subject = (typeof SUBJECTS)[number];
type Rooms = Readonly<Record<Subject, string>>;
const AT_FIRST: Rooms = { Матан: 'A', Физика: 'A' };
/** Both are on the afternoon after the night. */
const HOURS: Rooms = { Матан: '14:00–15:35', Физика: '15:45–17:20' };

function lessonsIn(rooms: Rooms): Lesson[] {
  return SUBJECTS.map((subject) =>
    lesson({
      subject,
      place: { room: rooms[subject], link: '', format: 'onsite' },
      times: on('2026-09-15', HOURS[subject]),
    }),
  );
}

/** «Матан A→B». */
function told(change: ChangeLine): string {
  if (change.kind !== 'altered') throw new Error('nothing but rooms changes here');
  return `${change.before.subject} ${change.before.room}→${change.after.room}`;
}

type Night = {
  readonly stage: Stage;
  readonly id: number;
  /** The lessons are in these rooms now, and it is believed. */
  readonly put: (rooms: Partial<Rooms>) => Promise<void>;
  readonly wish: (wishes: Partial<Peer>) => Promise<void>;
  /** Lets the clock run so long, a tick every ten minutes. */
  readonly pass: (time: number) => Promise<void>;
  /** «09-15 07:00 changes Матан A→B». */
  readonly heard: string[];
  rooms: Rooms;
};

/** It is ten minutes past eleven in the evening; who wants an evening digest had it at nine. */
async function nightOf(wishes: Partial<Peer>): Promise<Night> {
  const stage = await stageAt('2026-09-14', '20:59');
  const { world, clock } = stage;
  const peers = [listener(ANYA, { quiet: NIGHT, horizon: 'all', ...wishes })];
  const id = await group(world, { lessons: lessonsIn(AT_FIRST), peers });
  async function tick(): Promise<void> {
    await tellDue(world);
    await remind(world);
    for (const { saying } of await stage.deliver()) {
      const lines = saying.kind === 'changes' ? saying.changes : saying.kind === 'follow-up' ? [saying.change] : [];
      const words = [saying.kind, lines.map(told).join(', ')].join(' ').trim();
      if (lines.length > 0 || saying.kind === 'homework') night.heard.push(`${wall(clock.now())} ${words}`);
    }
  }
  await tick();
  clock.move(2 * MINUTE);
  await tick();
  clock.set(Date.parse('2026-09-14T23:10:00+03:00'));
  const night: Night = {
    stage,
    id,
    rooms: AT_FIRST,
    heard: [],
    async put(rooms) {
      night.rooms = { ...night.rooms, ...rooms };
      await relesson(world, id, lessonsIn(night.rooms));
      await tick();
    },
    async wish(wishes) {
      await wish(world, ANYA, 'test', wishes, ANYA);
      await tick();
    },
    async pass(time) {
      for (let passed = 0; passed < time; passed += 10 * MINUTE) {
        clock.move(10 * MINUTE);
        await tick();
      }
    },
  };
  await tick();
  return night;
}

describe('the clock is set back while something is held', () => {
  test.each<[string, number]>([
    ['an hour', HOUR],
    ['to before the quiet', 3 * HOUR],
    ['a day', 24 * HOUR],
  ])('%s: neither what was held nor what changes then is lost', async (_, back) => {
    const { stage, put, pass, heard } = await nightOf({ changes: true });
    stage.clock.move(2 * HOUR);
    await put({ Матан: 'B' });
    stage.clock.move(-back);
    await put({ Физика: 'B' });
    await pass(12 * HOUR);
    expect(heard.flatMap((one) => one.split(' changes ')[1]?.split(', ') ?? []).toSorted()).toEqual([
      'Матан A→B',
      'Физика A→B',
    ]);
  });

  test('what was heard before is not taken for held: it would be there and back', async () => {
    const { stage, put, wish, pass, heard } = await nightOf({ changes: true });
    await put({ Физика: 'B' });
    await wish({ quiet: null });
    await wish({ quiet: { from: '22:00', to: '08:00' } });
    stage.clock.move(MINUTE);
    await put({ Физика: 'A' });
    stage.clock.move(-HOUR);
    await pass(10 * HOUR);
    expect(heard).toEqual(['09-14 23:10 changes Физика A→B', '09-15 08:01 changes Физика B→A']);
  });

  test('a clock that was two days ahead holds nothing for two days', async () => {
    const { stage, put, pass, heard } = await nightOf({ changes: true });
    await put({ Матан: 'B' });
    stage.clock.move(-48 * HOUR);
    await pass(9 * HOUR);
    expect(heard).toEqual(['09-13 07:00 changes Матан A→B']);
  });
});

test('homework that waits for the morning is not lost when a correction is made anew', async () => {
  const { stage, id, put, pass, heard } = await nightOf({ evening: '21:00', homework: '19:00' });
  await put({ Матан: 'B' });
  const lesson = { day: '2026-09-15', subject: fold('Физика'), subgroup: '' };
  await stage.world.store.transaction(async (tx) => {
    const timetable = await getTimetable(tx, id);
    if (timetable === null) throw new Error('no such timetable');
    const write = () => saveHomework(tx, id, { ...lesson, text: '№5' });
    await writeAndTell(tx, timetable, { now: stage.world.now(), lesson, present: [], write });
  });
  await put({ Матан: 'C' });
  await pass(9 * HOUR);
  expect(heard.toSorted()).toEqual(['09-15 07:00 changes Матан A→C', '09-15 07:00 homework']);
});

test('«без тишины», and quiet again: what was put right meanwhile is known', async () => {
  const { put, wish, pass, heard } = await nightOf({ evening: '21:00' });
  await put({ Матан: 'B' });
  await wish({ quiet: null });
  await wish({ quiet: NIGHT });
  await pass(HOUR);
  await put({ Матан: 'A' });
  await pass(9 * HOUR);
  expect(heard).toEqual(['09-14 23:10 changes Матан A→B', '09-15 07:00 changes Матан B→A']);
});

describe('changes are switched on in the night, while what puts right the evening digest waits', () => {
  const digest = { evening: '21:00' } as const;

  test.each<[string, Partial<Peer>, string]>([
    ['all changes', {}, 'Матан A→B'],
    ['but not of rooms', { muted: ['room'] }, 'Матан A→B'],
    ['near ones', { horizon: 'near' }, 'Матан A→B'],
  ])('%s: it is told once', async (_, wishes, line) => {
    const { put, wish, pass, heard } = await nightOf({ ...digest, changes: false });
    await put({ Матан: 'B' });
    await wish({ changes: true, ...wishes });
    await pass(12 * HOUR);
    expect(heard).toEqual([`09-15 07:00 changes ${line}`]);
  });

  test('after a reminder too', async () => {
    const { put, wish, pass, heard } = await nightOf({ leads: [17 * 60], changes: false });
    await put({ Матан: 'B' });
    await wish({ changes: true });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-15 07:00 changes Матан A→B']);
  });

  test('and what changes after that comes with it', async () => {
    const { put, wish, pass, heard } = await nightOf({ ...digest, changes: false });
    await put({ Матан: 'B' });
    await wish({ changes: true });
    await put({ Матан: 'C', Физика: 'B' });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-15 07:00 changes Матан A→C, Физика A→B']);
  });

  test('and the quiet ended with it', async () => {
    const { put, wish, pass, heard } = await nightOf({ ...digest, changes: false });
    await put({ Матан: 'B' });
    await wish({ changes: true, quiet: null });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-14 23:10 changes Матан A→B']);
  });
});

describe('a change that is held makes the evening digest wrong, and is wished for no more', () => {
  const all = { evening: '21:00', changes: true } as const;

  test.each<[string, Partial<Peer>]>([
    ['no changes', { changes: false }],
    ['none of rooms', { muted: ['room'] }],
    ['only of teachers', { muted: ['room', 'moved', 'cancelled', 'added', 'restored'] }],
  ])('%s: what was said wrong is put right, once', async (_, wishes) => {
    const { put, wish, pass, heard } = await nightOf(all);
    await put({ Матан: 'B' });
    await wish(wishes);
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-15 07:00 changes Матан A→B']);
  });

  test('after a reminder as well', async () => {
    const { put, wish, pass, heard } = await nightOf({ leads: [17 * 60], changes: true });
    await put({ Матан: 'B' });
    await wish({ changes: false });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-15 07:00 follow-up Матан A→B']);
  });

  test('the quiet ended with it: it is put right at once', async () => {
    const { put, wish, pass, heard } = await nightOf(all);
    await put({ Матан: 'B' });
    await wish({ changes: false, quiet: null });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-14 23:10 changes Матан A→B']);
  });

  test('and switched on again, or back where it was: nothing is told twice, and nothing that is not so', async () => {
    const { put, wish, pass, heard } = await nightOf(all);
    await put({ Матан: 'B' });
    await wish({ changes: false });
    await wish({ changes: true });
    await put({ Физика: 'B' });
    await wish({ changes: false });
    await put({ Матан: 'A' });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-15 07:00 changes Физика A→B']);
  });

  test('it was on its way to somebody awake', async () => {
    const { stage, id, wish, pass, heard } = await nightOf({ ...all, quiet: null });
    await relesson(stage.world, id, lessonsIn({ ...AT_FIRST, Матан: 'B' }));
    await tellDue(stage.world);
    await wish({ changes: false });
    await pass(12 * HOUR);
    expect(heard).toEqual(['09-14 23:10 changes Матан A→B']);
  });

  test('after «стоп» nothing is put right, nor what waited before it', async () => {
    const { stage, put, wish, pass, heard } = await nightOf(all);
    await put({ Матан: 'B' });
    await wish({ muted: ['room'] });
    await put({ Физика: 'B' });
    await stop(stage.world, ANYA, ANYA);
    await pass(12 * HOUR);
    expect(heard).toEqual([]);
  });

  test('who was told nothing that has become wrong hears nothing', async () => {
    const { put, wish, pass, heard } = await nightOf({ changes: true });
    await put({ Матан: 'B' });
    await wish({ changes: false });
    await pass(12 * HOUR);
    expect(heard).toEqual([]);
  });
});

type Step =
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'jump'; readonly minutes: number }
  | { readonly kind: 'put'; readonly subject: Subject; readonly room: string }
  | { readonly kind: 'wish'; readonly wishes: Partial<Peer> };

const stepsOf = (more: readonly Partial<Peer>[]) =>
  fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(10, 50, 150) }),
      fc.record({ kind: fc.constant('jump' as const), minutes: fc.constantFrom(-60, -20, 20, 60) }),
      fc.record({
        kind: fc.constant('put' as const),
        subject: fc.constantFrom(...SUBJECTS),
        room: fc.constantFrom('A', 'B', 'C'),
      }),
      fc.record({
        kind: fc.constant('wish' as const),
        wishes: fc.constantFrom<Partial<Peer>>(
          { changes: true },
          { muted: ['teacher'] },
          { horizon: 'near' },
          { horizon: 'all' },
          { quiet: { from: '22:00', to: '08:00' } },
          { quiet: null },
          ...more,
        ),
      }),
    ),
    { minLength: 2, maxLength: 8 },
  );

test.each<[string, Partial<Peer>, readonly Partial<Peer>[]]>([
  ['hears of changes', { changes: true }, []],
  // What it was told wrong is put right, whatever of changes it wants to hear.
  ['had an evening digest', { evening: '21:00' }, [{ changes: false }, { muted: ['room'] }, { muted: [] }]],
  [
    'had an evening digest and hears of changes',
    { evening: '21:00', changes: true },
    [{ changes: false }, { muted: ['room'] }, { muted: [] }],
  ],
])(
  'whatever a night brings, who %s is told how it is in the end, and each step once',
  async (_, wishes, more) => {
    await fc.assert(
      fc.asyncProperty(stepsOf(more), async (all: readonly Step[]) => {
        const night = await nightOf(wishes);
        for (const step of all) {
          // Nothing comes in one minute with what came before, whatever the jumps: the same words in one minute are one message.
          night.stage.clock.move(70 * SECOND);
          if (step.kind === 'pass') await night.pass(step.minutes * MINUTE);
          else if (step.kind === 'jump') night.stage.clock.move(step.minutes * MINUTE);
          else if (step.kind === 'put') await night.put({ [step.subject]: step.room });
          else await night.wish(step.wishes);
        }
        night.stage.clock.set(Math.max(night.stage.clock.now(), Date.parse('2026-09-15T06:55:00+03:00')));
        await night.pass(2 * HOUR);
        const known: Record<string, string> = { ...AT_FIRST };
        for (const line of night.heard.flatMap((one) => one.split(/ (?:changes|follow-up) /)[1]?.split(', ') ?? [])) {
          const [subject = '', before, after = ''] = line.split(/[ →]/);
          expect(known[subject]).toBe(before);
          known[subject] = after;
        }
        expect(known).toEqual(night.rooms);
      }),
      { numRuns: 40 },
    );
  },
  60_000,
);
