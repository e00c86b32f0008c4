/** Two thousand timetables of many sites, hours in seconds: every site is spared, every change is found in time, nobody waits for another's site. */
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { instantOf, wallOf } from '../../src/domain/calendar.ts';
import { addCalendar, refreshNow } from '../../src/flows/calendar.ts';
import { forget } from '../../src/flows/follow.ts';
import { sooner } from '../../src/flows/pace.ts';
import { createPolling, delays } from '../../src/flows/polling.ts';
import { SourceError } from '../../src/source/contract.ts';
import { feedOf, fullAt, getHost, saveFeed, sweep } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Asked, addGroup, type Crowd, crowdAt, PEACE, type Site } from '../support/sites.ts';
import { memoryStore } from '../support/store.ts';
import { stageAt } from '../support/world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Of the five minutes from a change to its notice three are the quiet period. */
const PROMISED = 2 * MINUTE;
const START = instantOf('2026-09-14', '12:00', 'Europe/Moscow');

/** Calls the polling every second, as the program does. */
async function live(crowd: Crowd, until: number, step = SECOND): Promise<void> {
  const polling = createPolling(crowd.world);
  for (let at = crowd.time.now(); at <= until; at += step) {
    await crowd.time.runTo(at);
    void polling.run();
  }
  await crowd.time.runTo(until);
}

/** ms from changes, one each second, to the end of the reading that finds them, at the 95th percentile; a change is found by what is asked after it. */
function measuredP95(asked: readonly Asked[], from: number, to: number): number {
  const waits: number[] = [];
  for (const reads of Map.groupBy(asked, ({ url }) => url).values()) {
    let next = 0;
    for (let change = from; change < to; change += SECOND) {
      while (next < reads.length && (reads[next]?.at ?? 0) < change) next += 1;
      const found = reads[next];
      waits.push((found === undefined ? to : found.until) - change);
    }
  }
  return waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? 0;
}

describe('a noon of two thousand timetables', () => {
  const quick = Array.from({ length: 8 }, (_, n): Site => ({ host: `quick${n}.example`, latency: 200 + 50 * n }));
  const own = Array.from({ length: 400 }, (_, n): Site => ({ host: `own${n}.example`, latency: 300 }));
  const crowded: Site = { host: 'crowded.example', latency: 300 };
  const slow: Site = { host: 'slow.example', latency: 4000 };
  const dead: Site = { host: 'dead.example', latency: 0, dead: true };
  const touchy: Site = { host: 'touchy.example', latency: 200, touchy: 40 };
  const END = START + 16 * MINUTE;
  /** By then what was due at the start is read once, and every site has shown what it can carry. */
  const WARM = START + 6 * MINUTE;
  let crowd: Crowd;
  let large: Set<string>;
  const on = (site: Site) => crowd.asked.filter(({ host }) => host === site.host);

  beforeAll(async () => {
    const store = await memoryStore();
    crowd = crowdAt(store, START, [...quick, ...own, crowded, slow, dead, touchy]);
    large = new Set();
    const near = { now: START, lessons: [START + 5 * HOUR] };
    await store.transaction(async (tx) => {
      for (const { host } of quick) {
        for (let n = 0; n < 55; n += 1) await addGroup(tx, host, { ...near, followers: 1 + (n % 3) });
        for (let n = 0; n < 40; n += 1) await addGroup(tx, host, { now: START, lessons: [], followers: 1 });
        for (let n = 0; n < 40; n += 1) await addGroup(tx, host, { ...near, followers: 0 });
      }
      for (const { host } of own) await addGroup(tx, host, { ...near, followers: 1 });
      for (let n = 0; n < 200; n += 1) {
        const followers = n % 2 === 0 ? 1 : 16;
        const url = await addGroup(tx, crowded.host, { ...near, followers });
        if (followers > 1) large.add(url);
      }
      for (const { host } of [slow, dead, touchy])
        for (let n = 0; n < 110; n += 1) await addGroup(tx, host, { ...near, followers: n < 30 ? 1 : 0 });
    });
    await live(crowd, END);
    return () => store.close();
  }, 180_000);

  test('nothing of ours breaks', () => {
    expect(crowd.troubles).toEqual([]);
  });

  test('no site is asked twice within a second, nor while it still answers', () => {
    for (const reads of Map.groupBy(crowd.asked, ({ host }) => host).values())
      for (const [n, { at }] of reads.slice(1).entries()) {
        expect(at - (reads[n]?.at ?? 0)).toBeGreaterThanOrEqual(SECOND);
        expect(at).toBeGreaterThan(reads[n]?.until ?? 0);
      }
  });

  test('where a site can carry it, a change of today or tomorrow is found in time to be told within five minutes', () => {
    for (const site of quick) {
      const near = [...Map.groupBy(on(site), ({ url }) => url).values()].filter(({ length }) => length > 4);
      expect(near, site.host).toHaveLength(55);
      expect(measuredP95(near.flat(), WARM, END - PROMISED), site.host).toBeLessThan(PROMISED);
    }
    const alone = crowd.asked.filter(({ host }) => host.startsWith('own'));
    expect(new Set(alone.map(({ url }) => url)).size).toBe(400);
    expect(measuredP95(alone, WARM, END - PROMISED)).toBeLessThan(PROMISED);
  });

  test('everybody else is read too: each timetable of a living site once, the unimportant ones no more often', () => {
    for (const site of quick) {
      const times = [...Map.groupBy(on(site), ({ url }) => url).values()].map(({ length }) => length);
      expect(times).toHaveLength(135);
      expect(times.filter((n) => n <= 2)).toHaveLength(80);
    }
  });

  test('a site with more near timetables than it can carry serves all, the most followed sooner, and its figure says how late', async () => {
    const reads = on(crowded);
    const rate = reads.filter(({ at }) => at >= WARM).length / ((END - WARM) / SECOND);
    expect(rate).toBeGreaterThan(0.75);
    expect(new Set(reads.map(({ url }) => url)).size).toBe(200);
    const [many, few] = [true, false].map(
      (is) => reads.filter(({ url, at }) => at >= WARM && large.has(url) === is).length,
    );
    expect(many ?? 0).toBeGreaterThan(2 * (few ?? 0));
    const figures = await delays(crowd.world);
    const said = figures.get(`ics:${crowded.host}`);
    expect(said?.near).toBe(200);
    expect(said?.p95 ?? 0).toBeGreaterThan(5 * MINUTE);
    const quickest = figures.get('ics:quick0.example');
    expect(quickest?.near).toBe(55);
    expect(quickest?.p95 ?? Number.POSITIVE_INFINITY).toBeLessThan(5 * MINUTE);
  });

  test('a slow site gets a breath and shows what it can carry', async () => {
    const host = await getHost(crowd.world.store.db, slow.host);
    expect(host?.perRequest ?? 0).toBeGreaterThan(3500);
    expect(host?.price ?? 0).toBeGreaterThan(75 * SECOND);
    expect(on(slow).length).toBeLessThan((END - START) / 4250 + 1);
  });

  test('a dead site is tried ever more rarely, whichever of its timetables is due', () => {
    expect(on(dead).length).toBeGreaterThan(3);
    expect(on(dead).length).toBeLessThan(10);
    expect(on(dead).filter(({ at }) => at >= WARM).length).toBeLessThan(4);
  });

  test('a site that asks for peace gets all of it, then is asked again', () => {
    const refusals = crowd.refusals.filter(({ host }) => host === touchy.host);
    expect(refusals.length).toBeGreaterThan(2);
    for (const { at } of refusals) expect(on(touchy).filter((one) => one.at >= at && one.at < at + PEACE)).toEqual([]);
    expect(on(touchy).length).toBeGreaterThan(100);
  });

  test('requests do not bunch up: no second has many more of them than others', () => {
    const seconds = Map.groupBy(
      crowd.asked.filter(({ at }) => at >= WARM),
      ({ at }) => Math.floor(at / SECOND),
    );
    const counts = [...seconds.values()].map(({ length }) => length);
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    expect(Math.max(...counts)).toBeLessThan(3 * mean);
    const begin = Map.groupBy(crowd.asked, ({ at }) => Math.floor(at / SECOND));
    expect(Math.max(...[...begin.values()].map(({ length }) => length))).toBeLessThanOrEqual(60);
  });
});

test('by night a site has more peace, and the night is that of the timetable, also when the clocks are set back', async () => {
  const store = await memoryStore();
  onTestFinished(() => store.close());
  const zone = 'Europe/Berlin';
  const from = instantOf('2026-10-24', '18:00', zone);
  const crowd = crowdAt(store, from, [{ host: 'a.example', latency: 300 }]);
  const lessons = ['2026-10-24', '2026-10-25', '2026-10-26'].map((day) => instantOf(day, '23:30', zone));
  await store.transaction((tx) => addGroup(tx, 'a.example', { followers: 3, lessons, now: from, zone }));
  await live(crowd, from + 18 * HOUR, 5 * SECOND);
  const byHour = Map.groupBy(crowd.asked, ({ at }) => Number(wallOf(at, zone).clock.slice(0, 2)));
  const counts = (hours: readonly number[]) => hours.map((hour) => byHour.get(hour)?.length ?? 0);
  // The hour from 22:00 begins with what was planned by day, the one from 6:00 with what was planned by night.
  for (const n of counts([18, 19, 20, 7, 8, 9, 10])) expect(n).toBeGreaterThanOrEqual(40);
  expect(counts([6])[0]).toBeGreaterThanOrEqual(36);
  for (const n of counts([23, 0, 1, 3, 4, 5])) expect(n).toBeLessThanOrEqual(8);
  expect(counts([2])[0]).toBeGreaterThanOrEqual(9);
  expect(counts([2])[0]).toBeLessThanOrEqual(15);
});

test('what is asked to be read again is read when that was said, before the less urgent', async () => {
  const store = await memoryStore();
  onTestFinished(() => store.close());
  const crowd = crowdAt(store, START, [{ host: 'a.example', latency: 300 }]);
  const urls: string[] = [];
  await store.transaction(async (tx) => {
    for (let n = 0; n < 30; n += 1)
      urls.push(await addGroup(tx, 'a.example', { followers: n === 0 ? 0 : 1, lessons: [], now: START }));
  });
  await live(crowd, START + MINUTE);
  const feed = await feedOf(store.db, 1);
  await saveFeed(store.db, feed!.id, sooner({ nextCheck: feed!.nextCheck }, feed!, START + 3 * MINUTE));
  await live(crowd, START + 4 * MINUTE);
  const again = crowd.asked.filter(({ url, at }) => url === urls[0] && at > START + MINUTE);
  expect(again).toHaveLength(1);
  expect((again[0]?.at ?? 0) - START - 3 * MINUTE).toBeLessThan(2 * SECOND);
});

test('a person brings a handful of addresses at once, then one by one, and a restart forgives nothing', async () => {
  const stage = await stageAt('2026-09-14', '12:00');
  stage.lessons = [
    lesson({
      times: { on: 'day', day: '2026-09-15', start: '10:00', endDay: '2026-09-15', end: '11:35', allDay: false },
    }),
  ];
  const bring = (n: number, by: number) => addCalendar(stage.world, { url: `https://a.example/${by}/${n}.ics`, by });
  for (let n = 0; n < 5; n += 1) expect(await bring(n, 1)).toMatchObject({ ok: true });
  expect(await bring(5, 1)).toMatchObject({ ok: false, problem: { kind: 'too-often', detail: '180' } });
  // A known one costs nobody anything; another person has an allowance of their own.
  expect(await bring(0, 1)).toMatchObject({ ok: true, known: true });
  expect(await bring(0, 2)).toMatchObject({ ok: true });
  stage.clock.move(3 * MINUTE);
  expect(await bring(5, 1)).toMatchObject({ ok: true });
  expect(await bring(6, 1)).toMatchObject({ ok: false });
  // A failed try counts: it cost the site as much.
  stage.lessons = new SourceError('unreachable', 'timeout', 'no answer');
  for (let n = 0; n < 5; n += 1) expect(await bring(10 + n, 2)).toMatchObject({ problem: { kind: 'unreachable' } });
  expect(await bring(20, 2)).toMatchObject({ problem: { kind: 'too-often' } });
});

test('whoever has everything deleted may ask no more for it, and within two hours nothing is left of that either', async () => {
  const stage = await stageAt('2026-09-14', '12:00');
  stage.lessons = new SourceError('unreachable', 'timeout', 'no answer');
  const bring = (n: number) => addCalendar(stage.world, { url: `https://a.example/${n}.ics`, by: 1 });
  for (let n = 0; n < 5; n += 1) await bring(n);
  await forget(stage.world, 1, 1);
  expect(await bring(5)).toMatchObject({ problem: { kind: 'too-often' } });
  const { db } = stage.world.store;
  stage.clock.move(60 * MINUTE);
  expect((await sweep(db, stage.clock.now(), 100)).allowances).toBe(1);
  expect(await fullAt(db, 'address', 1)).toBe(0);
});

test('«обновить» is granted a few times in a row, and not for each of a crowd', async () => {
  const stage = await stageAt('2026-09-14', '12:00');
  stage.lessons = [
    lesson({
      times: { on: 'day', day: '2026-09-15', start: '10:00', endDay: '2026-09-15', end: '11:35', allDay: false },
    }),
  ];
  const added = await addCalendar(stage.world, { url: 'https://a.example/a.ics', by: 1 });
  if (!added.ok) throw new Error('not added');
  const refresh = (by: number) => refreshNow(stage.world, added.timetable.id, by);
  expect(await refresh(1)).toMatchObject({ status: 'same' });
  expect(await refresh(2)).toEqual({ status: 'wait', seconds: 15 });
  for (let n = 0; n < 2; n += 1) {
    stage.clock.move(16 * SECOND);
    expect(await refresh(1)).toMatchObject({ status: 'same' });
  }
  stage.clock.move(16 * SECOND);
  expect(await refresh(1)).toEqual({ status: 'wait', seconds: 12 });
  expect(await refresh(2)).toMatchObject({ status: 'same' });
});
