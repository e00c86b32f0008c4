/** The universities' catalogues, kept up to date: real sources in their child, sites on loopback. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRefresh, dropForgotten } from '../../src/flows/catalogue.ts';
import { bind, keptByName, layOver } from '../../src/flows/entries.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { feedOf, getTimetable, lessonsOf } from '../../src/store/index.ts';
import { type CampusStage, openCampus } from './campus.ts';
import { follow } from './follow.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let stage: CampusStage;
let refresh: () => Promise<number>;

const groups = (from: number, ...names: string[]) => names.map((name, at) => ({ id: from + at, name }));

beforeEach(async () => {
  stage = await openCampus('2026-09-14', '08:00');
  stage.site.fa.groups = groups(1, 'ПИ-21', 'ПИ-22', 'ЭБ-23-1');
  stage.site.fa.teachers = groups(50, 'Иванов Иван Иванович');
  stage.site.fa.rooms = groups(90, '404Л');
  stage.site.hse.groups = groups(1, 'ПИ-21');
  stage.site.fa.lessons = { 'group/1': [{ day: '2026-09-15', subject: 'Анализ' }] };
  refresh = createRefresh(stage.world);
});
afterEach(() => stage.close());

/** A day and a bit later the catalogues are due again. */
async function nextDay(): Promise<void> {
  stage.clock.move(1.2 * DAY);
  await refresh();
}

function poll(): Promise<void> {
  return createPolling(stage.world).run();
}

async function bound(name: string) {
  const [entry] = await stage.listed(name);
  if (entry === undefined) throw new Error(`${name} is not listed`);
  return stage.world.store.transaction((tx) => bind(tx, entry, stage.world.now()));
}

describe('reading', () => {
  test('once a day, all kinds of every university, and no timetable of those nobody asked for', async () => {
    expect(await refresh()).toBe(2);
    expect((await stage.listed('пи 21')).map(({ university, ask }) => [university, ask])).toEqual([
      ['ruz:fa', { university: 'fa', group: 'ПИ-21', id: '1' }],
      ['ruz:hse', { university: 'hse', group: 'ПИ-21', id: '1' }],
    ]);
    expect(await stage.listed('404Л')).toMatchObject([{ kind: 'room', universityName: 'Финансовый университет' }]);
    await poll();
    expect(stage.site.asked.filter((path) => path.includes('schedule'))).toEqual([]);
    expect(await refresh()).toBe(0);
    stage.clock.move(0.85 * DAY);
    expect(await refresh()).toBe(0);
    stage.clock.move(0.3 * DAY);
    expect(await refresh()).toBe(2);
    expect(stage.warnings).toEqual([]);
  });

  test('only what changed is written, and the rest keeps its number', async () => {
    await refresh();
    const [before] = await stage.listed('ПИ-22');
    stage.site.fa.groups = [...groups(1, 'ПИ-21', 'ПИ-22', 'ЭБ-23-1', 'НОВ-1')];
    await nextDay();
    expect(await stage.listed('НОВ-1')).toHaveLength(1);
    expect((await stage.listed('ПИ-22'))[0]?.id).toBe(before?.id);
    stage.site.fa.groups = groups(1, 'ПИ-21', 'ПИ-22', 'ЭБ-23-1');
    await nextDay();
    expect(await stage.listed('НОВ-1')).toEqual([]);
  });

  test('a site that fails is asked less and less often, is said once, and takes nothing away', async () => {
    await refresh();
    stage.site.broken = 503;
    await nextDay();
    stage.site.asked.length = 0;
    for (let hours = 0; hours < 48; hours += 0.25) {
      stage.clock.move(HOUR / 4);
      await refresh();
    }
    expect(stage.site.asked.filter((path) => path === '/fa/dictionary/groups').length).toBeLessThan(9);
    expect(stage.warnings.map(({ text }) => text)).toEqual(['catalogue fails', 'catalogue fails']);
    expect(await stage.state('ruz:fa')).toMatchObject({ problem: { kind: 'unreachable' } });
    expect(await stage.listed('ПИ-21')).toHaveLength(2);
    stage.site.broken = null;
    await nextDay();
    expect(await stage.state('ruz:fa')).toMatchObject({ problem: null, failures: 0 });
  });
});

describe('a list that shrank by more than a third', () => {
  test.each([
    ['shrunk', groups(50, 'Петров Пётр Петрович'), 1],
    ['empty', [], 0],
  ])('%s: the old one stays, once said; other kinds go on', async (_, left, has) => {
    stage.site.fa.teachers = groups(50, 'Иванов Иван Иванович', 'Петров Пётр Петрович');
    await refresh();
    stage.site.fa.teachers = left;
    stage.site.fa.rooms = groups(90, '404Л', '405Л');
    await nextDay();
    await nextDay();
    expect(await stage.listed('Иванов Иван Иванович')).toHaveLength(1);
    expect(await stage.listed('405Л')).toHaveLength(1);
    expect(stage.warnings).toEqual([
      { text: 'catalogue held', facts: { university: 'ruz:fa', kind: 'teacher', had: 2, has } },
    ]);
    expect(await stage.state('ruz:fa')).toMatchObject({ held: 'teacher' });
    stage.site.fa.teachers = groups(50, 'Иванов Иван Иванович', 'Петров Пётр Петрович');
    await nextDay();
    expect(await stage.state('ruz:fa')).toMatchObject({ held: null, heldSince: null });
  });

  test('a shorter one that stays so for days is what the university means', async () => {
    await refresh();
    stage.site.fa.groups = groups(1, 'ПИ-21');
    await nextDay();
    expect(await stage.listed('ПИ-22')).toHaveLength(1);
    for (let days = 0; days < 4; days++) await nextDay();
    expect(await stage.listed('ПИ-22')).toEqual([]);
    expect(await stage.state('ruz:fa')).toMatchObject({ held: null });
  });
});

describe('ids that change with the academic year', () => {
  test('the timetable is bound by name: its feed is pointed elsewhere and read at once', async () => {
    await refresh();
    const { id } = await bound('ПИ-21');
    await poll();
    expect((await lessonsOf(stage.world.store.db, id, {})).map(({ subject }) => subject)).toEqual(['Анализ']);
    stage.site.fa.groups = groups(7, 'ПИ-21', 'ПИ-22', 'ЭБ-23-1');
    stage.site.fa.lessons = {
      'group/7': ['16', '17'].map((day) => ({ day: `2026-09-${day}`, subject: 'Алгебра' })),
    };
    await nextDay();
    expect((await feedOf(stage.world.store.db, id))?.ask).toEqual({ university: 'fa', group: 'ПИ-21', id: '7' });
    await poll();
    const lessons = await lessonsOf(stage.world.store.db, id, {});
    expect(lessons.map(({ subject }) => subject)).toContain('Алгебра');
  });

  test('one that left the list and came back under another number too', async () => {
    await refresh();
    const { id } = await bound('ЭБ-23-1');
    stage.site.fa.groups = groups(1, 'ПИ-21', 'ПИ-22');
    await nextDay();
    expect(await stage.listed('ЭБ-23-1')).toEqual([]);
    stage.site.fa.groups = [...groups(1, 'ПИ-21', 'ПИ-22'), { id: 33, name: 'ЭБ-23-1' }];
    await nextDay();
    expect(await feedOf(stage.world.store.db, id)).toMatchObject({ ask: { id: '33' }, nextCheck: stage.world.now() });
  });

  test('two groups that swap their numbers', async () => {
    await refresh();
    const [one, two] = [await bound('ПИ-21'), await bound('ПИ-22')];
    stage.site.fa.groups = [...groups(1, 'ПИ-22', 'ПИ-21'), { id: 3, name: 'ЭБ-23-1' }];
    await nextDay();
    expect((await feedOf(stage.world.store.db, one.id))?.ask.id).toBe('2');
    expect((await feedOf(stage.world.store.db, two.id))?.ask.id).toBe('1');
  });

  test('a group the site does not know any more has the list read early, once a while', async () => {
    await refresh();
    const { id } = await bound('ПИ-21');
    await poll();
    stage.site.fa.lessons = {};
    stage.site.fa.groups = groups(7, 'ПИ-21', 'ПИ-22', 'ЭБ-23-1');
    stage.clock.move(6 * HOUR);
    await follow(stage.world, id);
    await poll();
    expect((await feedOf(stage.world.store.db, id))?.problem).toMatchObject({ kind: 'unknown-param' });
    expect(await refresh()).toBe(1);
    expect(await feedOf(stage.world.store.db, id)).toMatchObject({ ask: { id: '7' }, problem: null });
    // Still unknown under the new number: the list was read a moment ago.
    await poll();
    expect(await refresh()).toBe(0);
  });
});

test('timetables that nobody follows and nobody asked for in a month go, and come back when they are asked for', async () => {
  await refresh();
  const [left, followed] = [await bound('ПИ-21'), await bound('ПИ-22')];
  await follow(stage.world, followed.id);
  stage.clock.move(29 * DAY);
  expect(await dropForgotten(stage.world)).toBe(0);
  stage.clock.move(2 * DAY);
  expect(await dropForgotten(stage.world)).toBe(1);
  expect(await getTimetable(stage.world.store.db, left.id)).toBeNull();
  expect(await getTimetable(stage.world.store.db, followed.id)).not.toBeNull();
  expect((await bound('ПИ-21')).id).not.toBe(left.id);
});

test('20,000 entries are taken in while others get their turn', async () => {
  const { world } = stage;
  const offers = Array.from({ length: 20_000 }, (_, n) => ({
    kind: 'teacher' as const,
    name: `Фамилия-${n} Имя Отчество`,
    source: 'ruz',
    ask: { university: 'fa', teacher: `Фамилия-${n} Имя Отчество`, id: String(n) },
  }));
  let [transactions, turns] = [0, 0];
  const watched = {
    ...world,
    store: {
      ...world.store,
      transaction: <T>(work: Parameters<typeof world.store.transaction<T>>[0]): Promise<T> => {
        transactions += 1;
        return world.store.transaction(work);
      },
    },
  };
  let over = false;
  async function others(): Promise<void> {
    for (; !over; turns++) await setImmediate();
  }
  const waiting = others();
  expect(await layOver(watched, 'ruz:fa', new Map(), offers)).toBe(20_000);
  expect(transactions).toBe(200);
  expect(turns).toBeGreaterThan(150);
  expect(await layOver(watched, 'ruz:fa', await keptByName(watched, 'ruz:fa', 'teacher'), offers)).toBe(0);
  expect(transactions).toBe(200);
  over = true;
  await waiting;
});
