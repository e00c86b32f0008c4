/** Who hears of a change, and when: profiles of one group, quiet hours over a night in which the clocks change, equal wishes in one batch. */
import { beforeEach, describe, expect, test } from 'vitest';
import { instantOf, wallOf } from '../../src/domain/calendar.ts';
import type { Lesson, Times } from '../../src/domain/lesson.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { choose, openPeer, stop, wish } from '../../src/flows/follow.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { tellDue } from '../../src/flows/tell.ts';
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
  timetable = (await added('https://example.org/a.ics')).timetable.id;
}

async function added(url: string) {
  const outcome = await addCalendar(stage.world, { url, by: OWNER });
  if (!outcome.ok) throw new Error('not added');
  return outcome;
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

/** Anya follows another timetable from now on. */
async function openAnother(): Promise<void> {
  const { timetable: other } = await added('https://example.org/b.ics');
  await choose(stage.world, 1, other.id, 1);
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

  /** A tick and what it brings. */
  async function deliver(): Promise<Batch[]> {
    await tellDue(stage.world);
    return stage.deliver();
  }

  /** What is sent, a list of rooms a message. */
  async function rooms(): Promise<string[][]> {
    return (await deliver()).map(({ saying }) =>
      saying.kind === 'changes'
        ? saying.changes.map((one) => ('after' in one ? `${one.after.subject} ${one.after.room}` : one.kind))
        : [saying.kind],
    );
  }

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
    expect(heard(await deliver())).toEqual({ 2: ['Предмет 2'] });
    let [told, waited] = [await deliver(), 0];
    while (told.length === 0 && waited < 24 * 60) {
      stage.clock.move(10 * MINUTE);
      waited += 10;
      told = await deliver();
    }
    expect(heard(told)).toEqual({ 1: ['Предмет 2'] });
    expect(wallOf(stage.world.now(), zone).clock).toBe('07:00');
    for (let n = 0; n < 20; n += 1) {
      stage.clock.move(60 * MINUTE);
      expect(await deliver()).toEqual([]);
    }
  });

  test('do not hold what concerns a lesson before their end', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: { from: '22:00', to: '12:30' } });
    stage.clock.move(10.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 1));
    expect(heard(await deliver())).toEqual({ 1: ['Предмет 1'] });
  });

  test('«стоп» takes back what they hold', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    stage.clock.move(11.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 2));
    await stop(stage.world, 1, 1);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await deliver()).toEqual([]);
  });

  /** At 23:30 lessons are told of; `step` changes one after the other. */
  async function night(...steps: ((all: Lesson[]) => Lesson[])[]): Promise<void> {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    stage.clock.move(11.5 * 60 * MINUTE);
    for (const step of steps) await reread(step);
  }
  const put =
    (room: string, ...which: number[]) =>
    (all: Lesson[]) =>
      all.map((one, n) => (which.includes(n) ? { ...one, place: { ...one.place, room } } : one));

  test('what they hold is one message at their end: A→B and B→C are A→C, there and back is nothing', async () => {
    await night(put('510М', 1, 3), put('', 1), put('215М', 3), put('1', 2));
    expect(await rooms()).toEqual([]);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([['Предмет 2 1', 'Предмет 3 215М']]);
    stage.clock.move(24 * 60 * MINUTE);
    expect(await rooms()).toEqual([]);
  });

  test('what is all taken back again is not told at all', async () => {
    await night(put('510М', 1), put('', 1));
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([]);
  });

  test('what can not wait brings along what is held, and nothing comes twice', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: { from: '22:00', to: '12:30' } });
    stage.clock.move(10.5 * 60 * MINUTE);
    await reread(put('510М', 3));
    expect(await rooms()).toEqual([]);
    await reread(put('1', 1, 3));
    expect(await rooms()).toEqual([['Предмет 1 1', 'Предмет 3 1']]);
    stage.clock.move(14 * 60 * MINUTE);
    expect(await rooms()).toEqual([]);
  });

  test('a process that slept through their end tells what is still ahead, once', async () => {
    await night(put('510М', 1, 3));
    stage.clock.move(33 * 60 * MINUTE);
    expect(await rooms()).toEqual([['Предмет 3 510М']]);
    expect(await rooms()).toEqual([]);
  });

  test('«без тишины» brings at once what they hold; later hours hold it longer', async () => {
    await night(put('510М', 3));
    await wish(stage.world, 1, 'quiet', { quiet: { from: '22:00', to: '09:00' } }, 1);
    expect(await rooms()).toEqual([]);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([]);
    await wish(stage.world, 1, 'quiet', { quiet: null }, 1);
    expect(await rooms()).toEqual([['Предмет 3 510М']]);
  });

  test('what is hidden meanwhile is not told in the morning', async () => {
    await night(put('510М', 2, 3));
    await wish(stage.world, 1, 'hide', { hidden: [{ by: 'subject', name: 'предмет 2' }] }, 1);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([['Предмет 3 510М']]);
  });

  test('another timetable takes along nothing of the one before', async () => {
    await night(put('510М', 3));
    const before = timetable;
    await openAnother();
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([]);
    await choose(stage.world, 1, before, 1);
    expect(await rooms()).toEqual([]);
  });

  test('its own group named again takes nothing away', async () => {
    await night(put('510М', 3));
    await choose(stage.world, 1, timetable, 1);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([['Предмет 3 510М']]);
  });

  test('a whole day tomorrow is no reason to wake anybody', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    stage.clock.move(11.5 * 60 * MINUTE);
    const whole = {
      on: 'day',
      day: '2026-09-15',
      start: '00:00',
      endDay: '2026-09-16',
      end: '00:00',
      allDay: true,
    } as const;
    await reread((all) => [...all, lesson({ subject: 'Праздник', times: whole })]);
    expect(await rooms()).toEqual([]);
    stage.clock.move(8 * 60 * MINUTE);
    expect(await rooms()).toEqual([['Праздник ']]);
  });

  test('what is off and on again, or on and off again, is not told', async () => {
    await night(
      (all) => all.filter((_, n) => n !== 2),
      (all) => all,
    );
    expect(await rooms()).toEqual([]);
  });

  test('«не присылать изменения» takes back the changes they hold, and nothing else', async () => {
    await openAt('2026-09-14', '12:00');
    await follow(1, { quiet: NIGHT });
    await follow(2, { quiet: NIGHT });
    stage.clock.move(11.5 * 60 * MINUTE);
    await reread((all) => inRoom(all, 2));
    await wish(stage.world, 1, 'changes', { changes: false }, 1);
    stage.clock.move(8 * 60 * MINUTE);
    expect(heard(await deliver())).toEqual({ 2: ['Предмет 2'] });
  });
});
