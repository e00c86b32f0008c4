/** A crowd queued by a thread of its own: the same is said as without it, once; what changes meanwhile is said as it is now, and no fault of the thread is one of the crowd's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Weekday } from '../../src/domain/calendar.ts';
import type { Lesson, Times } from '../../src/domain/lesson.ts';
import { fold } from '../../src/domain/name.ts';
import type { Peer } from '../../src/domain/peer.ts';
import { wish } from '../../src/flows/follow.ts';
import { createPlanner, type Planner, PlannerGone } from '../../src/flows/planner.ts';
import { remind } from '../../src/flows/remind.ts';
import type { World } from '../../src/flows/world.ts';
import {
  deletePeer,
  dropHomework,
  getPeer,
  openStore,
  pending,
  saveHomework,
  savePeer,
} from '../../src/store/index.ts';
import { lesson } from '../domain/arbitrary.ts';
import { briefs, group, listener, relesson } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const GROUPS = 700;
/** Rows the planner handles at once: several chunks of such a crowd. */
const SIZE = 240;
const MINUTE = 60_000;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-planner-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const weekly = (weekday: Weekday, start: string, end: string): Times => ({
  ...{ on: 'weekly', weekday, weeks: 'every', start, end },
});
const mondays = (start: string, end: string): Times => weekly(1, start, end);
const lessonsOf = (n: number): Lesson[] => [
  lesson({ subject: `Предмет ${n}`, times: mondays('10:00', '11:35') }),
  lesson({ subject: `Вторник ${n}`, times: weekly(2, '10:00', '11:35') }),
];

/** On Monday at 09:44, groups 1…700 with a lesson at ten; peer n hears of it by a set, peer 1000 + n as a person, some in the evening. */
async function crowd(name: string, others: (n: number) => Peer[] = () => []): Promise<{ stage: Stage; ids: number[] }> {
  const store = await openStore(`sqlite:${join(folder, `${name}.db`)}`);
  const stage = await stageAt('2026-09-14', '09:44', { store });
  const ids: number[] = [];
  for (let n = 1; n <= GROUPS; n += 1) {
    const mine = [listener(n, { leads: [15] }), ...others(n)];
    if (n % 7 === 0) mine.push(listener(1000 + n, { leads: [15], subgroup: '1' }));
    if (n % 5 === 0) mine.push(listener(2000 + n, { morning: '09:45' }));
    ids.push(await group(stage.world, { lessons: lessonsOf(n), peers: mine }));
  }
  await remind(stage.world);
  stage.clock.move(2 * MINUTE);
  return { stage, ids };
}

/** Stands between the planner and the store: `meanwhile` runs once, after the planner's first chunk. */
function interrupted(planner: Planner, meanwhile: () => Promise<void>): Planner & { readonly chunks: () => number } {
  let chunks = 0;
  return {
    ...planner,
    chunks: () => chunks,
    async queue(planning, now, lend, done) {
      await planner.queue(
        planning,
        now,
        async (work) => {
          const result = await lend(work);
          chunks += 1;
          if (chunks === 1) await meanwhile();
          return result;
        },
        done,
      );
    },
  };
}

async function said(world: World, stage: Stage): Promise<string[]> {
  await remind(world);
  return briefs(await stage.deliver());
}

describe('a crowd', () => {
  let plain: string[];
  beforeAll(async () => {
    const { stage } = await crowd('plain');
    plain = await said(stage.world, stage);
    expect(plain).toHaveLength(GROUPS + GROUPS / 7 + GROUPS / 5);
    await stage.world.store.close();
  }, 60_000);

  async function withPlanner(
    name: string,
    meanwhile: (stage: Stage, ids: readonly number[]) => Promise<void>,
  ): Promise<string[]> {
    const { stage, ids } = await crowd(name);
    const { file } = stage.world.store;
    if (file === null) throw new Error('a file has a name');
    const planner = createPlanner(file, { size: SIZE });
    const watched = interrupted(planner, () => meanwhile(stage, ids));
    try {
      const lines = await said({ ...stage.world, planner: watched }, stage);
      expect(watched.chunks()).toBeGreaterThan(1);
      // Looked at again, nothing is said again.
      expect(await said({ ...stage.world, planner: watched }, stage)).toEqual([]);
      expect(stage.warnings).toEqual([]);
      return lines;
    } finally {
      await planner.close();
      await stage.world.store.close();
    }
  }

  test('hears the same, and once', async () => {
    expect(await withPlanner('same', async () => undefined)).toEqual(plain);
  }, 60_000);

  test('hears of what changed after it was read as it is now', async () => {
    const lines = await withPlanner('changed', async ({ world }, ids) => {
      // The lesson moves to another hour; one listener is gone, one has another lead, one follows another group.
      for (const n of [601, 602])
        await relesson(world, ids[n - 1] ?? 0, [lesson({ subject: 'Другой', times: mondays('10:00', '11:00') })]);
      await world.store.transaction(async (tx) => {
        await deletePeer(tx, 603);
        for (const [id, wishes] of [
          [604, { leads: [5] }],
          [1609, { subgroup: '2', leads: [5] }],
          [2605, { morning: null }],
        ] as const) {
          const peer = await getPeer(tx, id);
          if (peer !== null) await savePeer(tx, { ...peer, ...wishes });
        }
      });
    });
    const expected = plain
      .filter((line) => !/^(603|604|1609|2605) /.test(line))
      .map((line) => (/^1?60[12] /.test(line) ? `${line.split(' ')[0]} reminder Другой 10:00–11:00` : line));
    expect(lines).toEqual(expected);
  }, 60_000);

  test('hears once, and not never, who joins those with filters or leaves them while it is queued', async () => {
    const name = 'flipped';
    const { stage } = await crowd(name, (n) => [listener(3000 + n, { leads: [16] })]);
    const { world } = stage;
    const NIGHT = { quiet: { from: '23:00', to: '07:00' } };
    const planner = createPlanner(world.store.file ?? '', { size: SIZE });
    const watched = interrupted(planner, async () => {
      // Those of the first groups are queued by now, those of the last are not; before sixteen minutes nobody has filters yet.
      for (const id of [1, 2, 690, 691, 3001, 3601, 3690]) await wish(world, id, 'quiet', NIGHT, id);
      for (const id of [3, 692, 3003, 3692]) await wish(world, id, 'subgroup', { subgroup: '1' }, id);
      for (const id of [1007, 1014, 1693, 1686]) await wish(world, id, 'subgroup', { subgroup: '' }, id);
    });
    const lines = await said({ ...world, planner: watched }, stage);
    const sixteen = Array.from({ length: GROUPS }, (_, n) => `${3001 + n} reminder Предмет ${n + 1} 10:00–11:35`);
    expect(lines).toEqual([...plain, ...sixteen].sort());
    await planner.close();
    await world.store.close();
  }, 60_000);

  test('whose words change while it is queued hears one of them, the new ones where nothing was sent yet', async () => {
    const { stage, ids } = await crowd('reworded');
    const { world } = stage;
    const both = (n: number) => ['1', '2'].map((subgroup) => ({ ...lessonsOf(n)[0]!, subgroup }));
    for (const n of [1, 2, 690]) await relesson(world, ids[n - 1] ?? 0, both(n).concat(lessonsOf(n).slice(1)));
    const planner = createPlanner(world.store.file ?? '', { size: SIZE });
    const early: string[] = [];
    const watched = interrupted(planner, async () => {
      await wish(world, 2, 'subgroup', { subgroup: '2' }, 2);
      early.push(...briefs(await stage.deliver()));
      for (const id of [1, 690]) await wish(world, id, 'subgroup', { subgroup: '2' }, id);
    });
    const late = await said({ ...world, planner: watched }, stage);
    const lines = [...early, ...late].sort();
    const words = (n: number, times: number) =>
      `${n} reminder ${Array(times).fill(`Предмет ${n} 10:00–11:35`).join(', ')}`;
    const mine = lines.filter((line) => /^(1|2|690) /.test(line));
    expect(mine).toEqual([words(1, 2), words(2, 1), words(690, 1)]);
    expect(lines).toHaveLength(plain.length);
    await planner.close();
    await world.store.close();
  }, 60_000);

  test('hears of homework as it stands when it is written: given, changed and taken away after it was read', async () => {
    const { stage, ids } = await crowd('homework', (n) =>
      n % 10 === 0 ? [listener(3000 + n, { homework: '09:45' })] : [],
    );
    const { world } = stage;
    const given = (n: number, text: string | null) => {
      const lesson = { day: '2026-09-15', subject: fold(`Вторник ${n}`), subgroup: '' };
      const id = ids[n - 1] ?? 0;
      return text === null
        ? dropHomework(world.store.db, id, lesson)
        : saveHomework(world.store.db, id, { ...lesson, text });
    };
    for (const n of [610, 620]) await given(n, 'до');
    const planner = createPlanner(world.store.file ?? '', { size: SIZE });
    const watched = interrupted(planner, async () => {
      await given(610, 'после');
      await given(620, null);
      await given(630, 'впервые');
    });
    await remind({ ...world, planner: watched });
    const told = (await stage.deliver()).flatMap(({ saying, peers }) =>
      saying.kind === 'homework' ? [[...peers, ...saying.lessons.map(({ homework }) => homework)]] : [],
    );
    expect(told).toEqual([
      [3610, 'после'],
      [3630, 'впервые'],
    ]);
    await planner.close();
    await world.store.close();
  }, 60_000);

  test('is sent its first messages while the rest is queued', async () => {
    const { stage } = await crowd('soon');
    const { store } = stage.world;
    const planner = createPlanner(store.file ?? '', { size: SIZE });
    const looks: ReturnType<typeof pending>[] = [];
    const wake = () => void looks.push(pending(store.db, stage.world.now()));
    await remind({ ...stage.world, planner, wake });
    const { waiting } = await pending(store.db, stage.world.now());
    const first = await looks[0];
    expect(first?.waiting).toBeGreaterThan(0);
    expect(first?.waiting).toBeLessThan(waiting / 2);
    await planner.close();
    await store.close();
  }, 60_000);

  test.each(['beside', 'alone'] as const)(
    'is left in the middle when the program ends, %s, in one calm line; the next one queues the rest, nothing twice',
    async (how) => {
      const { stage } = await crowd(`stopped-${how}`);
      const { store } = stage.world;
      const planner = how === 'beside' ? createPlanner(store.file ?? '', { size: SIZE }) : undefined;
      const stop = new AbortController();
      const lines: string[] = [];
      const log = { ...stage.world.log, info: (_: object, text = '') => void lines.push(text) };
      let chunks = 0;
      const wake = () => {
        chunks += 1;
        if (chunks === 2) stop.abort();
      };
      await remind({ ...stage.world, planner, log, wake, stopping: stop.signal });
      expect(chunks).toBe(2);
      expect(lines.filter((text) => text.startsWith('stopped in the middle of a crowd'))).toHaveLength(1);
      await planner?.close();
      const first = briefs(await stage.deliver());
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThan(plain.length);
      const rest = await said(stage.world, stage);
      expect([...first, ...rest].sort()).toEqual(plain);
      expect(stage.warnings).toEqual([]);
      await store.close();
    },
    60_000,
  );

  test.each([
    ['stands still in the middle of a transaction', 'stands'],
    ['ends in the middle of a transaction', 'ends'],
    ['does its work and says nothing of it', 'mute'],
    ['throws', 'throws'],
  ])(
    'is queued on the main thread when the other one %s',
    async (_, fault) => {
      const { stage } = await crowd(fault);
      const { file } = stage.world.store;
      vi.stubEnv('FAULT', fault);
      const script = new URL('./faulty-thread.ts', import.meta.url);
      const planner = createPlanner(file ?? '', { script, patience: 4_000 });
      expect(await said({ ...stage.world, planner }, stage)).toEqual(plain);
      expect(stage.warnings).toEqual(['the planner is gone, planning here']);
      await planner.close();
      const planning = { span: { from: 0, to: 1 }, jobs: [], persons: new Set<number>() };
      await expect(planner.queue(planning, 0, stage.world.store.lend, () => undefined)).rejects.toThrow(PlannerGone);
      await stage.world.store.close();
    },
    60_000,
  );

  test('a file that can not be read is no end of it either', async () => {
    const { stage } = await crowd('unread');
    const planner = createPlanner(join(folder, 'not-there.db'));
    expect(await said({ ...stage.world, planner }, stage)).toEqual(plain);
    expect(stage.warnings).toEqual(['the planner is gone, planning here']);
    await planner.close();
    await stage.world.store.close();
  }, 60_000);
});
