/** Lessons change: what is told, what is held, and what happens to reminders already under way. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Lesson, Times } from '../../src/domain/lesson.ts';
import { acceptHeld, addCalendar } from '../../src/flows/calendar.ts';
import { choose, forget, setLeads, wish } from '../../src/flows/follow.ts';
import { readOnce } from '../../src/flows/import.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { remind } from '../../src/flows/remind.ts';
import { viewWeek } from '../../src/flows/view.ts';
import type { World } from '../../src/flows/world.ts';
import { SourceError } from '../../src/source/contract.ts';
import { feedOf } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const ANYA = 101;
const BORIS = 102;

let stage: Stage;
let timetable: number;

function on(day: string, start: string, end: string): Times {
  return { on: 'day', day, start, endDay: day, end, allDay: false };
}
function shifted(clock: string): string {
  return `${String(Number(clock.slice(0, 2)) + 2).padStart(2, '0')}${clock.slice(2)}`;
}
function room(name: string): Lesson['place'] {
  return { room: name, link: '', format: 'onsite' };
}

const maths = lesson({ subject: 'Матан', place: room('404Л'), times: on('2026-09-14', '10:00', '11:35') });
/** Two weeks of one lesson a day: enough for the verdict to judge. */
const others = Array.from({ length: 14 }, (_, n) =>
  lesson({ subject: `Предмет ${n}`, times: on(`2026-09-${15 + n}`, '12:00', '13:35') }),
);

beforeEach(async () => {
  stage = await stageAt('2026-09-14', '09:40');
  stage.lessons = [maths, ...others];
  const added = await addCalendar(stage.world, { url: 'https://example.org/a.ics', by: ANYA });
  if (!added.ok) throw new Error('not added');
  timetable = added.timetable.id;
  await choose(stage.world, ANYA, timetable, ANYA);
  await remind(stage.world);
});

async function reread(lessons: readonly Lesson[] | SourceError): Promise<void> {
  stage.lessons = lessons;
  stage.clock.move(20 * MINUTE);
  await createPolling(stage.world).run();
  await stage.settle();
}

describe('a reading', () => {
  test('the first is told to nobody, the same again writes nothing', async () => {
    expect(await stage.deliver()).toEqual([]);
    await reread([maths, ...others]);
    expect(await stage.deliver()).toEqual([]);
  });

  test('another room is one notice with one line', async () => {
    await reread([maths, { ...others[0]!, place: room('510М') }, ...others.slice(1)]);
    const [notice, ...more] = await stage.deliver();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ peers: [ANYA], saying: { kind: 'changes', title: 'ПИ-21' } });
    expect(notice?.saying).toMatchObject({ changes: [{ kind: 'altered', what: ['room'], after: { room: '510М' } }] });
  });

  test('a moved lesson is one move; whoever switched changes off hears nothing', async () => {
    await wish(stage.world, ANYA, 'changes', { changes: false }, ANYA);
    await choose(stage.world, BORIS, timetable, BORIS);
    await reread([maths, { ...others[0]!, times: on('2026-09-16', '14:00', '15:35') }, ...others.slice(1)]);
    const notices = await stage.deliver();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ peers: [BORIS], saying: { changes: [{ kind: 'altered', what: ['time'] }] } });
  });

  test('an empty page is held: the timetable stays, the owner is told once', async () => {
    await reread([]);
    await reread([]);
    const told = await stage.deliver();
    expect(told.map(({ saying, peers }) => [saying.kind, peers])).toEqual([['held', [ANYA]]]);
    expect((await viewWeek(stage.world, timetable, '2026-09-14')).days).toHaveLength(7);
    await reread([maths, ...others]);
    expect(await feedOf(stage.world.store.db, timetable)).toMatchObject({ held: null, problem: null });
  });

  test('what is held is believed when it has not changed for six hours, or when its owner says so', async () => {
    const fewer = [maths, ...others.slice(0, 5)];
    await reread(fewer);
    await stage.deliver();
    for (let n = 0; n < 5 * 3; n += 1) await reread(fewer);
    expect((await viewWeek(stage.world, timetable, '2026-09-21')).days).toHaveLength(7);
    for (let n = 0; n < 2 * 3; n += 1) await reread(fewer);
    const { days } = await viewWeek(stage.world, timetable, '2026-09-21');
    expect(days.flatMap(({ lessons }) => lessons).every(({ cancelled }) => cancelled)).toBe(true);
    expect((await stage.deliver()).map(({ saying }) => saying.kind)).toEqual(['changes']);
  });

  test("«принять» is the owner's word and an operator's, nobody else's", async () => {
    await reread([]);
    expect(await acceptHeld(stage.world, { timetableId: timetable, by: BORIS })).toBe('not-yours');
    expect(await acceptHeld(stage.world, { timetableId: timetable, by: ANYA })).toBe('accepted');
    expect((await viewWeek(stage.world, timetable, '2026-09-14')).days).toEqual([]);
    expect(await acceptHeld(stage.world, { timetableId: timetable, by: ANYA })).toBe('not-held');
  });

  test('an older reading that ends later than a newer one says nothing', async () => {
    const feed = await feedOf(stage.world.store.db, timetable);
    stage.clock.move(20 * MINUTE);
    const moved = { ...others[0]!, times: on('2026-09-15', '14:00', '15:35') };
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow: World = {
      ...stage.world,
      async read(...asked) {
        const reading = await stage.world.read(...asked);
        begin();
        await held;
        return reading;
      },
    };
    stage.lessons = [maths, { ...others[0]!, place: room('1') }, ...others.slice(1)];
    const older = readOnce(slow, feed!);
    await begun;
    // The older one holds the feed's claim for five minutes and is thought dead after them.
    stage.clock.move(6 * MINUTE);
    await reread([maths, moved, ...others.slice(1)]);
    expect(await stage.deliver()).toHaveLength(1);
    const newer = await feedOf(stage.world.store.db, timetable);
    release();
    await older;
    expect(await stage.deliver()).toEqual([]);
    expect((await viewWeek(stage.world, timetable, '2026-09-15')).days[1]?.lessons[0]?.start).toBe('14:00');
    expect(await feedOf(stage.world.store.db, timetable)).toEqual(newer);
  });

  test('whoever is forgotten leaves no calendar behind that nobody else follows', async () => {
    await forget(stage.world, ANYA, ANYA);
    expect(await feedOf(stage.world.store.db, timetable)).toBe(null);
  });

  test('whoever chooses a timetable that nobody followed is told of a change within the quarter of an hour', async () => {
    await wish(stage.world, ANYA, 'changes', { changes: true }, ANYA);
    const { db } = stage.world.store;
    const other = await addCalendar(stage.world, { url: 'https://example.org/b.ics', by: ANYA });
    if (!other.ok) throw new Error('not added');
    stage.clock.set((await feedOf(db, other.timetable.id))!.nextCheck);
    await createPolling(stage.world).run();
    stage.clock.move(MINUTE);
    await choose(stage.world, BORIS, other.timetable.id, BORIS);
    expect((await feedOf(db, other.timetable.id))!.nextCheck - stage.clock.now()).toBeLessThanOrEqual(16.5 * MINUTE);
  });

  test('a source that fails keeps the last good, slows down, and is logged once', async () => {
    await reread(new SourceError('unreachable', 'timeout', 'no answer'));
    const first = await feedOf(stage.world.store.db, timetable);
    for (let n = 0; n < 4; n += 1) {
      stage.clock.set((await feedOf(stage.world.store.db, timetable))!.nextCheck + 1);
      await createPolling(stage.world).run();
    }
    const feed = await feedOf(stage.world.store.db, timetable);
    expect(feed?.failures).toBe(5);
    expect(feed?.problem?.since).toBe(first?.problem?.since);
    expect(feed!.nextCheck - stage.clock.now()).toBeGreaterThan(2 * (first!.nextCheck - first!.checkedAt!));
    expect(stage.warnings.filter((text) => text === 'source fails')).toHaveLength(1);
    expect(await stage.deliver()).toEqual([]);
  });

  test('a window that slides over New Year or a finished term tells nothing', async () => {
    stage.clock.move(40 * 24 * 60 * MINUTE);
    await reread([]);
    expect(await stage.deliver()).toEqual([]);
  });
});

describe('what a reading knows', () => {
  test('a source that reads two weeks says nothing of the third: nothing is cancelled, nothing is new when it slides', async () => {
    stage.facts = { covers: { from: '2026-09-14', to: '2026-09-22' } };
    await reread([maths, ...others.slice(0, 7)]);
    expect(await stage.deliver()).toEqual([]);
    expect((await viewWeek(stage.world, timetable, '2026-09-24')).days).toHaveLength(7);
    stage.facts = { covers: { from: '2026-09-14', to: '2026-09-29' } };
    await reread([maths, ...others]);
    expect(await stage.deliver()).toEqual([]);
  });

  test('a calendar that calls the same instants by another zone changed nothing for anybody', async () => {
    stage.facts = { zone: 'Asia/Yekaterinburg' };
    const later = (one: Lesson) =>
      one.times.on === 'day'
        ? { ...one, times: on(one.times.day, shifted(one.times.start), shifted(one.times.end)) }
        : one;
    await reread([maths, ...others].map(later));
    expect(await stage.deliver()).toEqual([]);
    expect((await viewWeek(stage.world, timetable, '2026-09-15')).days[1]?.lessons[0]?.start).toBe('14:00');
  });

  test('a calendar that names another zone and keeps its wall times moved every lesson: it is held', async () => {
    stage.facts = { zone: 'Asia/Barnaul' };
    await reread([maths, ...others]);
    expect((await feedOf(stage.world.store.db, timetable))?.held).toBe('shifted');
  });

  test('a term turns weekly lessons into dates', async () => {
    stage.facts = { term: { start: '2026-09-14', end: '2026-10-04', week1: '2026-09-14' } };
    const weekly = lesson({
      subject: 'История',
      times: { on: 'weekly', weekday: 4, weeks: 'odd', start: '08:00', end: '09:35' },
    });
    await reread([maths, ...others, weekly]);
    const days = [];
    for (const monday of ['2026-09-14', '2026-09-21', '2026-09-28', '2026-10-05'])
      days.push(...(await viewWeek(stage.world, timetable, monday)).days.flatMap(({ lessons }) => lessons));
    expect(days.filter(({ subject }) => subject === 'История').map(({ day }) => day)).toEqual([
      '2026-09-17',
      '2026-10-01',
    ]);
  });
});

describe('reminders under way', () => {
  beforeEach(async () => {
    await setLeads(stage.world, ANYA, [15], ANYA);
    stage.clock.move(6 * MINUTE); // 09:46: the reminder of 10:00 is due since 09:45
    await remind(stage.world);
  });

  test('not sent yet: taken back when the lesson is cancelled', async () => {
    stage.lessons = others;
    await importNow();
    const kinds = (await stage.deliver()).map(({ saying }) => saying.kind);
    expect(kinds).toEqual(['changes']);
  });

  test('not sent yet: says the new room', async () => {
    stage.lessons = [{ ...maths, place: room('510М') }, ...others];
    await importNow();
    const reminders = (await stage.deliver()).filter(({ saying }) => saying.kind === 'reminder');
    expect(reminders).toHaveLength(1);
    expect(reminders[0]?.saying).toMatchObject({ lessons: [{ room: '510М' }] });
  });

  test('sent already: whoever does not hear changes gets a follow-up', async () => {
    await wish(stage.world, ANYA, 'changes', { changes: false }, ANYA);
    expect(await stage.deliver()).toHaveLength(1);
    stage.lessons = [{ ...maths, place: room('510М') }, ...others];
    await importNow();
    const told = await stage.deliver();
    expect(told.map(({ saying }) => saying.kind)).toEqual(['follow-up']);
  });

  test('moved so near that its minute has passed: said at once', async () => {
    await stage.deliver();
    stage.lessons = [maths, { ...others[0]!, times: on('2026-09-14', '09:55', '10:40') }, ...others.slice(1)];
    await importNow();
    const reminders = (await stage.deliver()).filter(({ saying }) => saying.kind === 'reminder');
    expect(reminders).toHaveLength(1);
    expect(reminders[0]?.saying).toMatchObject({ lessons: [{ start: '09:55' }] });
  });

  async function importNow(): Promise<void> {
    const feed = await feedOf(stage.world.store.db, timetable);
    await readOnce(stage.world, feed!);
    await stage.settle();
  }
});
