/** From «the site changed» to «students told»: polling, the quiet period, the second reading and the telling together, minutes in seconds. */
import { setImmediate as othersTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { addDays, instantOf } from '../../src/domain/calendar.ts';
import { printsOf } from '../../src/domain/prints.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { tellDue } from '../../src/flows/tell.ts';
import type { World } from '../../src/flows/world.ts';
import { lesson } from '../support/make.ts';
import { on } from '../support/reminded.ts';
import { addGroup, crowdAt } from '../support/sites.ts';
import { memoryStore } from '../support/store.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TODAY = '2026-09-14';
const START = instantOf(TODAY, '12:00', 'Europe/Moscow');
/** By then everything was read once, and changes begin. */
const FIRST = START + 5 * MINUTE;
const LAST = START + 14 * MINUTE;
const END = LAST + 8 * MINUTE;
const HOSTS = Array.from({ length: 5 }, (_, n) => ({ host: `site${n}.example`, latency: 200 + 100 * n }));
/** As many as a site can carry at a request a second, each read every 75 seconds, and the second readings besides. */
const GROUPS = 45;
/** Work between two moments of virtual time ends within so many turns. */
const TURNS = 12;

/** Ten lessons, the first today or tomorrow; its room changes. */
function lessonsOf(url: string, room: string) {
  const near = url.includes('site0') ? on(TODAY, '14:00–15:35') : on(addDays(TODAY, 1), '10:00–11:35');
  const rest = Array.from({ length: 9 }, (_, n) =>
    lesson({ subject: `Предмет ${n}`, times: on(addDays(TODAY, 2 + n), '12:00–13:35') }),
  );
  return [lesson({ subject: 'Матан', place: { room, link: '', format: 'onsite' }, times: near }), ...rest];
}

test('changes of today and tomorrow reach students within five minutes at the 95th percentile, each once', async () => {
  const store = await memoryStore();
  onTestFinished(() => store.close());
  const crowd = crowdAt(store, START, HOSTS);
  /** When each site changes its room; spread over the minutes by a step that fits neither a reading nor a second. */
  const changesAt = new Map<string, number>();
  const world: World = {
    ...crowd.world,
    async read(source, ask, span, profile, previous) {
      const { host } = await crowd.world.read(source, ask, span, profile, previous);
      const url = ask.url ?? '';
      const room = crowd.time.now() >= (changesAt.get(url) ?? END) ? '510М' : '404Л';
      if (previous?.fingerprint === room) return { status: 'unchanged', host, requests: 1 };
      const facts = { term: null, covers: null, name: url, zone: 'Europe/Moscow', etag: '', lastModified: '' };
      const lessons = lessonsOf(url, room);
      const said = { lessons, prints: printsOf(lessons), skipped: [], fingerprint: room, pages: [] };
      return { status: 'read', host, requests: 1, ...said, ...facts };
    },
  };
  await store.transaction(async (tx) => {
    for (const { host } of HOSTS)
      for (let n = 0; n < GROUPS; n += 1) {
        const lessons = [START + 2 * HOUR];
        const url = await addGroup(tx, host, { now: START, lessons, followers: 1 });
        changesAt.set(url, FIRST + ((n * 7_919 * SECOND) % (LAST - FIRST)));
      }
  });

  const polling = createPolling(world);
  for (let at = START; at <= END; at += SECOND) {
    await crowd.time.runTo(at);
    void polling.run();
    await tellDue(world);
    for (let turn = 0; turn < TURNS; turn += 1) await othersTurn();
  }

  expect(crowd.troubles).toEqual([]);
  const told = await store.db
    .selectFrom('told')
    .innerJoin('feed', 'feed.timetable_id', 'told.timetable_id')
    .select(['told.at', 'feed.ask'])
    .execute();
  expect(told).toHaveLength(changesAt.size);
  const waits = told.map(({ at, ask }) => {
    const { url } = JSON.parse(ask) as { url: string };
    return { near: url.includes('site0'), wait: at - (changesAt.get(url) ?? 0) };
  });
  const p95 = (some: readonly { readonly wait: number }[]) =>
    some.map(({ wait }) => wait).sort((a, b) => a - b)[Math.floor(some.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  const [near, far] = [waits.filter((one) => one.near), waits.filter((one) => !one.near)];
  expect(p95(far)).toBeLessThanOrEqual(5 * MINUTE);
  expect(Math.min(...far.map(({ wait }) => wait))).toBeGreaterThanOrEqual(3 * MINUTE);
  // Where the lesson is near the quiet period is half a minute.
  expect(p95(near)).toBeLessThanOrEqual(2.5 * MINUTE);
  // No site pays for it with two requests within a second.
  for (const reads of Map.groupBy(crowd.asked, ({ host }) => host).values())
    for (const [n, { at }] of reads.slice(1).entries()) expect(at - (reads[n]?.at ?? 0)).toBeGreaterThanOrEqual(SECOND);
}, 120_000);
