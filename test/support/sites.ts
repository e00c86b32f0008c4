/** A crowd of university sites in time that a test lets pass: quick, slow, dead and touchy ones, asked through the real turns. */

import type { LessonLine } from '../../src/domain/notice.ts';
import { newPeer } from '../../src/domain/peer.ts';
import type { World } from '../../src/flows/world.ts';
import { SourceError } from '../../src/source/contract.ts';
import { createTurns, PAUSE } from '../../src/source/turns.ts';
import { addFeed, createTimetable, type Db, type Store, savePeer, writeOccurrences } from '../../src/store/index.ts';
import { keptPages } from './pages.ts';
import { type Virtual, virtualTime } from './virtual.ts';

export type Site = {
  readonly host: string;
  /** ms to an answer. */
  readonly latency: number;
  /** Never answers: the client gives up after a minute. */
  readonly dead?: boolean;
  /** Says «too many requests», come back in two minutes, to each so many-th request. */
  readonly touchy?: number;
  /** Requests that one reading takes. */
  readonly requests?: number;
};

export type Asked = { readonly host: string; readonly url: string; readonly at: number; readonly until: number };

export type Crowd = {
  readonly world: World;
  readonly time: Virtual;
  /** Every request, in the order of their beginnings; `until` is when the answer had come. */
  readonly asked: Asked[];
  /** Moments at which a host said that it wants to be left alone for two minutes. */
  readonly refusals: { readonly host: string; readonly at: number }[];
  readonly troubles: string[];
};

export const PEACE = 120_000;
const GIVEN_UP = 60_000;

export function crowdAt(store: Store, start: number, sites: readonly Site[]): Crowd {
  const time = virtualTime(start);
  const turns = createTurns(time);
  const known = new Map(sites.map((site) => [site.host, site]));
  const asked: Asked[] = [];
  const refusals: { host: string; at: number }[] = [];
  const troubles: string[] = [];
  const counts = new Map<string, number>();
  const { signal } = new AbortController();

  async function answer(site: Site, url: string): Promise<void> {
    const at = time.now();
    const latency = site.dead === true ? GIVEN_UP : site.latency;
    asked.push({ host: site.host, url, at, until: at + latency });
    await time.sleep(latency);
    if (site.dead === true) throw new SourceError('unreachable', 'timeout', 'no answer');
    const count = (counts.get(site.host) ?? 0) + 1;
    counts.set(site.host, count);
    if (site.touchy === undefined || count % site.touchy !== 0) return;
    refusals.push({ host: site.host, at: time.now() });
    turns.leaveAlone(site.host, PEACE);
    throw new SourceError('unreachable', 'http-429', 'too many', [], PEACE);
  }

  const world: World = {
    store,
    now: time.now,
    log: {
      debug() {},
      info() {},
      warn() {},
      error: (facts, text) => void troubles.push(`${text} ${JSON.stringify(facts)}`),
    },
    zone: 'Europe/Moscow',
    operators: [],
    universities: async () => [],
    readCatalogue: async () => ({ status: 'unchanged' }),
    recognise: async () => [],
    stranger: async () => null,
    pages: keptPages(),
    wake() {},
    async reread() {
      throw new Error('nothing is kept here');
    },
    async read(_source, ask) {
      const url = ask.url ?? '';
      const site = known.get(new URL(url).hostname);
      if (site === undefined) throw new Error(`no site ${url}`);
      for (let n = 0; n < (site.requests ?? 1); n += 1)
        await turns.take(site.host, PAUSE, signal, () => answer(site, url));
      return { status: 'unchanged', host: site.host, requests: site.requests ?? 1 };
    },
  };
  return { world, time, asked, refusals, troubles };
}

let names = 0;
let people = 0;

/** A timetable read from this host, followed by so many, with lessons at these moments; due at once. Returns its address. */
export async function addGroup(
  tx: Db,
  host: string,
  {
    followers,
    lessons,
    now,
    zone = 'Europe/Moscow',
  }: { followers: number; lessons: readonly number[]; now: number; zone?: string },
): Promise<string> {
  names += 1;
  const name = `Г-${names}`;
  const { id } = await createTimetable(tx, {
    name,
    university: '',
    zone,
    kind: 'feed',
    ownerId: null,
    listed: true,
    term: null,
    bells: [],
    folded: name,
    digits: String(names),
  });
  const url = `https://${host}/${names}.ics`;
  await addFeed(tx, {
    timetableId: id,
    source: 'ics',
    ask: { url, university: host },
    profile: 'configured',
    nextCheck: now,
  });
  for (let n = 0; n < followers; n += 1) {
    people += 1;
    await savePeer(tx, { ...newPeer(people, 'ru', null), timetableId: id, changes: true });
  }
  const line: LessonLine = {
    ...{ day: '2026-09-14', start: '10:00', endDay: '2026-09-14', end: '11:35', allDay: false, number: 1 },
    ...{ subject: 'Матан', kind: 'lecture', teachers: [], room: '1', subgroup: '', cancelled: false },
    format: 'onsite',
  };
  const NO_MARKS = { joins: false, first: false, exam: false, meeting: false };
  await writeOccurrences(
    tx,
    id,
    0,
    lessons.map((startsAt) => ({ startsAt, endsAt: startsAt + 5_700_000, line, told: line, ...NO_MARKS })),
  );
  return url;
}
