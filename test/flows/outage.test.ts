/** A university's site breaks for all its groups: operators hear it once, and once that it is over; what they may do to it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { keepCatalogue } from '../../src/flows/catalogue.ts';
import { openPeer, putToSleep } from '../../src/flows/follow.ts';
import { readOnce } from '../../src/flows/import.ts';
import { reviewOutages } from '../../src/flows/outage.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { acceptFeed, listFeeds, listSources, lookAtFeed, replayFeed, retryFeed } from '../../src/flows/sources.ts';
import type { World } from '../../src/flows/world.ts';
import { SourceError } from '../../src/source/contract.ts';
import { claim, type Feed, findFeed, releaseLeases, setAsk } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

const HOUR = 3_600_000;
const OPERATOR = 900;
const OTHER = 901;
const GROUPS = 40;

let stage: Stage;
let world: World;
/** What a group's page says instead of the usual; by the number of the group. */
let wrong: Map<number, readonly Lesson[] | SourceError>;

const usual = Array.from({ length: 12 }, (_, n) => {
  const day = addDays('2026-09-15', n);
  return lesson({
    subject: `Предмет ${n}`,
    times: { on: 'day', day, start: '10:00', endDay: day, end: '11:35', allDay: false },
  });
});
const down = new SourceError('unreachable', 'timeout', 'no answer');

beforeEach(async () => {
  stage = await stageAt('2026-09-14', '08:00');
  wrong = new Map();
  world = {
    ...stage.world,
    operators: [OPERATOR, OTHER],
    async read(id, ask, span, profile, previous) {
      const said = wrong.get(Number(ask.group)) ?? usual;
      stage.lessons = said;
      return stage.world.read(id, ask, span, profile, previous);
    },
  };
  await openPeer(world, OPERATOR);
  await catalogue('НИУ ВШЭ', 'hse');
  await everybodyRead();
});

async function catalogue(university: string, id: string): Promise<void> {
  await keepCatalogue(world, {
    key: `ruz:${id}`,
    name: university,
    zone: 'Europe/Moscow',
    entries: Array.from({ length: GROUPS }, (_, n) => ({
      kind: 'group' as const,
      name: `ПИ-${n + 1}`,
      source: 'ruz',
      ask: { university: id, group: String(n + 1) },
    })),
  });
}

async function feed(group: number): Promise<Feed> {
  const found = await findFeed(world.store.db, 'ruz', { university: 'hse', group: String(group) });
  if (found === null) throw new Error(`no feed of group ${group}`);
  return found;
}

async function read(group: number): Promise<void> {
  stage.clock.move(HOUR / 4);
  await readOnce(world, await feed(group));
}

/** A quarter of an hour passes, then every group's page is read. */
async function everybodyRead(): Promise<void> {
  stage.clock.move(HOUR / 4);
  for (let group = 1; group <= GROUPS; group += 1) await readOnce(world, await feed(group));
}

function breakAll(why: readonly Lesson[] | SourceError): void {
  wrong = new Map(Array.from({ length: GROUPS }, (_, n) => [n + 1, why]));
}

async function told(): Promise<object[]> {
  return (await stage.deliver()).map(({ saying, peers }) => ({ ...saying, peers }));
}

describe('a source that breaks', () => {
  test('for all its groups is told once, by its university, and once when all of them are back', async () => {
    breakAll(down);
    await everybodyRead();
    expect(await told()).toEqual([]);
    await everybodyRead();
    await everybodyRead();
    expect(await told()).toMatchObject([
      {
        kind: 'source',
        state: 'broken',
        key: 'ruz:hse',
        name: 'НИУ ВШЭ',
        all: GROUPS,
        failing: 1,
        held: 0,
        why: { kind: 'unreachable', detail: 'timeout' },
        peers: [OPERATOR],
      },
    ]);
    wrong.clear();
    for (let group = 1; group < GROUPS; group += 1) await read(group);
    expect(await told()).toEqual([]);
    await read(GROUPS);
    expect(await told()).toMatchObject([{ kind: 'source', state: 'back', failing: 0, held: 0, why: null }]);
    await everybodyRead();
    expect(await told()).toEqual([]);
  });

  test('its end is heard after its beginning, also where VK did not take that at first', async () => {
    breakAll(down);
    await everybodyRead();
    await everybodyRead();
    const { db } = world.store;
    expect(await claim(db, world.now(), 10, HOUR)).toHaveLength(1);
    wrong.clear();
    await everybodyRead();
    expect(await told()).toEqual([]);
    await releaseLeases(db);
    expect(await told()).toMatchObject([{ state: 'broken' }, { state: 'back' }]);
  });

  test('a failure that is over at the next reading is not told', async () => {
    breakAll(down);
    await everybodyRead();
    wrong.clear();
    await everybodyRead();
    expect(await told()).toEqual([]);
  });

  test('a group that the site does not have is no trouble of the site', async () => {
    wrong.set(3, new SourceError('unknown-param', 'group', 'no such group'));
    for (let n = 0; n < 4; n += 1) await read(3);
    expect(await told()).toEqual([]);
  });

  test('what the operator switched off is no news to the operator', async () => {
    breakAll(new SourceError('refused', 'source-off', 'switched off'));
    for (let n = 0; n < 4; n += 1) await everybodyRead();
    expect(await told()).toEqual([]);
  });

  test('held pages of all groups are one message, and another one when a small trouble of long ago becomes a large one', async () => {
    wrong.set(7, []);
    await read(7);
    expect(await told()).toMatchObject([
      { state: 'broken', failing: 0, held: 1, why: { kind: 'held', detail: 'empty' } },
    ]);
    breakAll([]);
    await everybodyRead();
    expect(await told()).toEqual([]);
    wrong.clear();
    await everybodyRead();
    expect(await told()).toMatchObject([{ state: 'back' }]);

    wrong.set(7, []);
    await read(7);
    await told();
    stage.clock.move(7 * HOUR);
    breakAll(usual.slice(0, 3));
    await everybodyRead();
    expect(await told()).toMatchObject([{ state: 'broken', held: GROUPS / 2 }]);
  });

  test('a trouble that ends with its timetable is over too, and the next one is told', async () => {
    wrong.set(7, []);
    await read(7);
    await told();
    await reviewOutages(world);
    expect(await told()).toEqual([]);
    await setAsk(world.store.db, (await feed(7)).id, { university: 'hse', group: '700' });
    await reviewOutages(world);
    await reviewOutages(world);
    expect(await told()).toMatchObject([{ state: 'back', name: 'НИУ ВШЭ', key: 'ruz:hse' }]);
    wrong.set(8, []);
    await read(8);
    expect(await told()).toMatchObject([{ state: 'broken', held: 1 }]);
  });

  test('one university of an engine says nothing of another', async () => {
    await catalogue('ННГУ', 'unn');
    await createPolling(world).run();
    breakAll(down);
    await read(1);
    await read(1);
    expect(await told()).toMatchObject([{ key: 'ruz:hse', failing: 1, all: GROUPS }]);
  });

  test('an operator who sleeps or never wrote is not written to', async () => {
    await putToSleep(world, OPERATOR, 'denied');
    wrong.set(1, []);
    await read(1);
    expect(await told()).toEqual([]);
  });
});

describe('«источники»', () => {
  test('shows the worst first and counts the rest', async () => {
    await catalogue('ННГУ', 'unn');
    await createPolling(world).run();
    const goodAt = stage.clock.now();
    wrong.set(2, []);
    await read(2);
    wrong.set(3, down);
    await read(3);
    await read(3);
    wrong.set(4, new SourceError('not-published', '', 'not yet'));
    await read(4);
    expect(await listSources(world, { by: OPERATOR, page: 1, size: 1 })).toMatchObject({
      shown: [{ key: 'ruz:hse', name: 'НИУ ВШЭ', all: GROUPS, failing: 1, held: 1, lacking: 1, goodAt }],
      rest: 1,
      all: 2,
      troubled: 1,
    });
    const list = await listFeeds(world, { key: 'ruz:hse', by: OPERATOR, page: 1, size: 2 });
    expect(list).toMatchObject({
      shown: [
        { name: 'ПИ-2', held: { reason: 'empty' } },
        { name: 'ПИ-3', failures: 2 },
      ],
      rest: 1,
    });
    expect(await listFeeds(world, { key: 'nobody', by: OPERATOR, page: 1, size: 2 })).toBeNull();
  });

  test('is for operators: whoever asks for anything is looked at', async () => {
    wrong.set(2, []);
    await read(2);
    const { id } = await feed(2);
    const stranger = { by: 5, id, page: 1, size: 5 };
    for (const ask of [listSources, lookAtFeed, acceptFeed, retryFeed, replayFeed])
      expect(await ask(world, stranger)).toBe('not-operator');
    expect(await listFeeds(world, { ...stranger, key: 'ruz:hse' })).toBe('not-operator');
    expect((await feed(2)).held).toBe('empty');
  });

  test('a held reading is accepted, a failed one tried again', async () => {
    wrong.set(2, usual.slice(0, 4));
    await read(2);
    await told();
    expect(await acceptFeed(world, { id: (await feed(2)).id, by: OTHER })).toBe('accepted');
    expect(await told()).toMatchObject([{ state: 'back' }]);
    expect(await acceptFeed(world, { id: (await feed(2)).id, by: OTHER })).toBe('not-held');
    wrong.set(2, down);
    await read(2);
    expect(await retryFeed(world, { id: (await feed(2)).id, by: OTHER })).toMatchObject({ status: 'failed' });
    wrong.delete(2);
    await retryFeed(world, { id: (await feed(2)).id, by: OTHER });
    expect(await feed(2)).toMatchObject({ problem: null, goodAt: stage.clock.now() });
    expect(await retryFeed(world, { id: 12345, by: OTHER })).toBeNull();
  });
});
