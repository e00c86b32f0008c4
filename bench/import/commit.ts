/** What it costs us to believe a reading and write it: nothing changed, one in a hundred, everything. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Lesson } from '../../src/domain/lesson.ts';
import { printsOf } from '../../src/domain/prints.ts';
import { readOnce } from '../../src/flows/import.ts';
import type { World } from '../../src/flows/world.ts';
import type { Ask, Page } from '../../src/source/contract.ts';
import { openKept } from '../../src/source/kept.ts';
import type { Printed } from '../../src/source/pack.ts';
import { readSource } from '../../src/source/read.ts';
import { addFeed, createTimetable, feedOf, getTimetable, openStore, type Store } from '../../src/store/index.ts';
import { timed } from './loop.ts';

export const NOW = Date.UTC(2026, 8, 1, 6);
const DAY = 86_400_000;
export const ACCEPTED = { reason: 'sent', by: 1 } as const;

/** One timetable of so many lessons, read again and again, each time with other bytes. */
export async function commit(size: number): Promise<Record<string, unknown>> {
  const store = await openStore('sqlite::memory:');
  const name = 'ПИ-21';
  const names = {
    name,
    folded: name,
    digits: '21',
    university: '',
    kind: 'feed',
    ownerId: null,
    listed: true,
  } as const;
  const reading = readingWorld(store);
  const { world } = reading;
  const { id } = await store.transaction(async (tx) => {
    const made = await createTimetable(tx, { ...names, zone: 'Europe/Moscow', term: null, bells: [] });
    await addFeed(tx, { timetableId: made.id, source: 'ics', ask: {}, profile: 'configured', nextCheck: NOW });
    return made;
  });
  async function again(next: readonly Lesson[]) {
    reading.next(() => next);
    const feed = await feedOf(store.db, id);
    if (feed === null) throw new Error('the feed is gone');
    const revision = (await getTimetable(store.db, id))?.revision;
    const { result, ms, lateMs, turnMs } = await timed(() => readOnce(world, feed, ACCEPTED));
    const written = (await getTimetable(store.db, id))?.revision !== revision;
    return { status: result?.status, written, ms: Math.round(ms), loopLateMs: lateMs, busiestTurnMs: turnMs };
  }
  const all = Array.from({ length: size }, (_, n) => lessonAt(n));
  const told = {
    lessons: size,
    first: await again(all),
    same: await again(all.map((one) => ({ ...one, sourceId: `${one.sourceId}+` }))),
    oneInHundred: await again(all.map((one, n) => (n % 100 === 0 ? inRoom(one, '500') : one))),
    everything: await again(all.map((one) => inRoom(one, '600'))),
  };
  await store.close();
  return told;
}

/** What a source says when it is asked so; null: the very bytes that it said before. */
type Says = (ask: Ask) => readonly Lesson[] | null;

/**
 * A world in which every source says what was given last, in other bytes and a minute later each time. The site and the child that
 * reads its pages are ours and cost nothing; a list that is the same list has the prints it had, which the child makes.
 */
export function readingWorld(store: Store): { readonly world: World; next(says: Says): void } {
  let given: Says = () => [];
  let readings = 0;
  let now = NOW;
  const printed = new Map<readonly Lesson[], Pick<Printed, 'print' | 'prints'>>();
  const served = new Map<string, { readonly bytes: string; readonly lessons: readonly Lesson[] }>();
  const http = {
    async fetch(request: Page['request']): Promise<Page> {
      // Whoever asks a site waits for it: others have their turn meanwhile.
      await turn();
      const body = new TextEncoder().encode(served.get(request.url)?.bytes);
      return { request, url: request.url, status: 200, headers: {}, body };
    },
    close: async () => {},
  };
  const urlOf = ({ n = '' }: Ask): string => `https://a.example/${n}`;
  const reader = {
    plan: async (_source: string, ask: Ask, pages: readonly Page[]) =>
      pages.length > 0 ? ('done' as const) : [{ url: urlOf(ask) }],
    async parse(_source: string, ask: Ask) {
      const lessons = served.get(urlOf(ask))?.lessons ?? [];
      const prints = printed.get(lessons) ?? { print: `list ${printed.size}`, prints: printsOf(lessons) };
      printed.set(lessons, prints);
      return { zone: 'Europe/Moscow', term: null, covers: null, skipped: [], lessons, ...prints };
    },
  };
  const world: World = {
    store,
    now: () => now,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    zone: 'Europe/Moscow',
    operators: [],
    wake() {},
    universities: async () => [],
    readCatalogue: async () => ({ status: 'unchanged' }),
    recognise: async () => [],
    stranger: async () => null,
    reread: () => Promise.reject(new Error('not here')),
    pages: openKept(join(tmpdir(), 'zvonok-bench-pages'), { debug() {}, warn() {} }),
    read(id, ask, span, profile, previous) {
      readings += 1;
      const lessons = given(ask);
      if (lessons !== null) served.set(urlOf(ask), { bytes: String(readings), lessons });
      return readSource({ reader, http }, { id, ask, span, profile, previous });
    },
  };
  return {
    world,
    next(says) {
      given = says;
      now += 60_000;
    },
  };
}

/** Spread over the 200 days that are read, eight a day and then more. */
export function lessonAt(n: number): Lesson {
  const day = new Date(NOW + (n % 200) * DAY).toISOString().slice(0, 10);
  const hour = 8 + (Math.floor(n / 200) % 10);
  const clock = (minute: string): string => `${String(hour).padStart(2, '0')}:${minute}`;
  return {
    ...{
      subject: `Предмет ${Math.floor(n / 200)}`,
      kind: 'lecture',
      teachers: ['Иванов И. И.'],
      subgroup: '',
      number: null,
    },
    ...{ note: '', cancelled: false, sourceId: `l${n}@a.example`, place: { room: '404', link: '', format: 'onsite' } },
    times: { on: 'day', day, start: clock('00'), endDay: day, end: clock('50'), allDay: false },
  };
}

export function inRoom(lesson: Lesson, room: string): Lesson {
  return { ...lesson, place: { ...lesson.place, room } };
}
