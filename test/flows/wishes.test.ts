/** Who hears of a change, and when: profiles of one group, quiet hours over a night in which the clocks change, equal wishes in one batch. */
import { beforeEach, describe, expect, test } from 'vitest';
import { instantOf, wallOf } from '../../src/domain/calendar.ts';
import type { Lesson, Times } from '../../src/domain/lesson.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { choose, openPeer, stop, wish } from '../../src/flows/follow.ts';
import { createPolling } from '../../src/flows/polling.ts';
import type { Batch } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const OWNER = 100;
let stage: Stage;
let timetable: number;

function on(day: string, start: string, end: string): Times {
  return { on: 'day', day, start, endDay: day, end, allDay: false };
}

/** A month of one lesson a day, each of its own subject, on odd days in subgroup 1, on even ones in 2. */
function month(first: string, count = 28): Lesson[] {
  const from = Date.parse(`${first}T00:00Z`);
  return Array.from({ length: count }, (_, n) => {
    const day = new Date(from + n * 86_400_000).toISOString().slice(0, 10);
    return lesson({ subject: `Предмет ${n}`, times: on(day, '12:00', '13:35'), subgroup: n % 2 === 0 ? '1' : '2' });
  });
}

async function openAt(day: string, clock: string, zone = 'Europe/Moscow'): Promise<void> {
  stage = await stageAt(day, clock);
  stage.facts = { zone };
  stage.lessons = month(day);
  const added = await addCalendar(stage.world, { url: 'https://example.org/a.ics', by: OWNER });
  if (!added.ok) throw new Error('not added');
  timetable = added.timetable.id;
}

async function follow(id: number, wishes: Partial<Peer> = {}): Promise<void> {
  await choose(stage.world, id, timetable, id);
  await wish(stage.world, id, 'test', wishes, id);
}

async function reread(change: (all: Lesson[]) => Lesson[]): Promise<void> {
  stage.lessons = change([...(stage.lessons as Lesson[])]);
  stage.clock.move(20 * MINUTE);
  await createPolling(stage.world).run();
  await stage.settle();
}

function inRoom(all: Lesson[], ...which: number[]): Lesson[] {
  return all.map((one, n) => (which.includes(n) ? { ...one, place: { ...one.place, room: '510М' } } : one));
}

/** Peer -> the subjects it was told of, in order. */
function heard(batches: readonly Batch[]): Record<number, string[]> {
  const found: Record<number, string[]> = {};
  for (const { peers, saying } of batches)
    for (const peer of peers)
      if (saying.kind === 'changes')
        found[peer] = [
          ...(found[peer] ?? []),
          ...saying.changes.map((one) => ('before' in one ? one.before : one.after).subject),
        ];
  return found;
}

describe('one change, many wishes', () => {
  beforeEach(() => openAt('2026-09-14', '09:40'));

  test('each is told what it wants of it, equal wishes in one batch', async () => {
    await follow(1);
    await follow(2);
    await follow(3, { horizon: 'near' });
    await follow(4, { horizon: 'all' });
    await follow(5, { subgroup: '2' });
    await follow(6, { hidden: [{ by: 'subject', name: 'предмет 3' }] });
    await follow(7, { muted: ['room'] });
    await follow(8, { changes: false });
    await follow(9, { hidden: [{ by: 'kind', name: 'lecture' }] });
    // Today, in three days, in twenty.
    await reread((all) => inRoom(all, 0, 3, 20));
    const batches = await stage.deliver();
    expect(heard(batches)).toEqual({
      1: ['Предмет 0', 'Предмет 3'],
      2: ['Предмет 0', 'Предмет 3'],
      3: ['Предмет 0'],
      4: ['Предмет 0', 'Предмет 3', 'Предмет 20'],
      5: ['Предмет 3'],
      6: ['Предмет 0'],
    });
    expect(batches.find(({ peers }) => peers.includes(1))?.peers).toEqual([1, 2]);
    // Who hides the one lesson and who looks only at the near one are told the same words: one batch again.
    expect(batches.find(({ peers }) => peers.includes(3))?.peers).toEqual([3, 6]);
  });

  test('an unwanted kind does not hide another kind of the same lesson', async () => {
    await follow(1, { muted: ['room'] });
    await reread((all) => {
      const moved = inRoom(all, 3);
      return moved.map((one, n) => (n === 3 ? { ...one, times: on('2026-09-17', '15:00', '16:35') } : one));
    });
    expect((await stage.deliver())[0]?.saying).toMatchObject({ changes: [{ kind: 'altered', what: ['time'] }] });
  });

  test('wishes of a chat are its own', async () => {
    await openPeer(stage.world, 2_000_000_001, 1);
    await follow(1, { horizon: 'all' });
    await follow(2_000_000_001, { horizon: 'near' });
    await reread((all) => inRoom(all, 0, 20));
    expect(heard(await stage.deliver())).toEqual({ 1: ['Предмет 0', 'Предмет 20'], 2000000001: ['Предмет 0'] });
  });
});

describe('quiet hours', () => {
  const NIGHT = { from: '23:00', to: '07:00' };

  test.each([
    ['an ordinary night', 'Europe/Moscow', '2026-09-14'],
    ['over New Year', 'Asia/Kamchatka', '2026-12-31'],
    ['the clocks go forward', 'Europe/Berlin', '2027-03-27'],
    ['the clocks go back', 'Europe/Berlin', '2027-10-30'],
  ])('%s: held till morning by wall time, then told once', async (_, zone, day) => {
    await openAt(day, '12:00', zone);
    await follow(1, { quiet: NIGHT });
    await follow(2);
    const late = instantOf(day, '23:30', zone);
    // The reading comes twenty minutes later, and is believed after three more.
    stage.clock.move(late - stage.world.now() - 23 * MINUTE);
    await reread((all) => inRoom(all, 2));
    expect(heard(await stage.deliver())).toEqual({ 2: ['Предмет 2'] });
    let [told, waited] = [await stage.deliver(), 0];
    while (told.length === 0 && waited < 24 * 60) {
      stage.clock.move(10 * MINUTE);
      waited += 10;
      told = await stage.deliver();
    }
    expect(heard(told)).toEqual({ 1: ['Предмет 2'] });
    expect(wallOf(stage.world.now(), zone).clock).toBe('07:00');
    for (let n = 0; n < 20; n += 1) {
      stage.clock.move(60 * MINUTE);
      expect(await stage.deliver()).toEqual([]);
    }
  });

  test('do not hold what concerns a lesson before their end', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: { from: '22:00', to: '12:30' } });
    stage.clock.move(10.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 1));
    expect(heard(await stage.deliver())).toEqual({ 1: ['Предмет 1'] });
  });

  test('«стоп» takes back what they hold', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    stage.clock.move(11.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 2));
    await stop(stage.world, 1, 1);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await stage.deliver()).toEqual([]);
  });

  test('what is held comes in the order it happened, whichever ends first', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    const usual = [...(stage.lessons as Lesson[])];
    stage.clock.move(11.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 1, 3));
    await reread((all) => all.map((one, n) => (n === 1 ? (usual[1] ?? one) : one)));
    stage.clock.move(8 * 60 * MINUTE);
    const rooms = (await stage.deliver()).map(({ saying }) =>
      saying.kind === 'changes' ? saying.changes.map((one) => ('after' in one ? one.after.room : '')) : [],
    );
    expect(rooms).toEqual([['510М', '510М'], [usual[1]?.place.room]]);
  });

  test('«не присылать изменения» takes back the changes they hold, and nothing else', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    await follow(2, { quiet: NIGHT });
    stage.clock.move(11.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 2));
    await wish(stage.world, 1, 'changes', { changes: false }, 1);
    stage.clock.move(8 * 60 * MINUTE);
    expect(heard(await stage.deliver())).toEqual({ 2: ['Предмет 2'] });
  });
});
