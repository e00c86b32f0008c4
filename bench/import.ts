/** What imports cost: one group, a whole university, the same feed again, and calendars made to harm. Yardstick: plain node-ical on the same bytes in the same run. */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import ical, { type VEvent } from 'node-ical';
import type { Lesson } from '../src/domain/lesson.ts';
import type { Page } from '../src/source/contract.ts';
import { createReader } from '../src/source/host.ts';
import { readSource } from '../src/source/read.ts';
import { attack } from './import/attack.ts';
import { commit } from './import/commit.ts';
import { timed } from './import/loop.ts';
import { many } from './import/many.ts';
import { mistakes, TERM, type University, university, type Variant } from './import/university.ts';
import type { Bench } from './run.ts';

const bench: Bench = async (size) => {
  const groups = size === 'smoke' ? 20 : 500;
  const rounds = size === 'smoke' ? 3 : 4;
  const universities: Record<string, unknown>[] = [];
  for (const shape of ['rules', 'flat'] as const)
    for (const zone of ['Europe/Berlin', 'Europe/Moscow'] as const)
      universities.push(await whole({ zone, shape, groups }, rounds));
  return {
    group: await group(size === 'smoke' ? 5 : 40),
    universities,
    again: await again(groups),
    commit: size === 'smoke' ? [await commit(300)] : [await commit(1_300), await commit(5_000)],
    many: await many(size === 'smoke' ? 20 : 4_630),
    hostile: hostile(await attack()),
  };
};

/** One group's calendar, an event an occurrence, as universities export them. */
async function group(rounds: number) {
  const made = university({ zone: 'Europe/Moscow', shape: 'flat', groups: 1 });
  const reader = createReader({ profile: 'pasted' });
  const first = await timed(() => read(reader, made, 'Europe/Moscow'));
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let n = 0; n < rounds; n += 1) {
    ours.push((await timed(() => read(reader, made, 'Europe/Moscow'))).ms);
    theirs.push(await plain(made));
  }
  await reader.close();
  const lessons = first.result.length;
  return {
    bytes: made.body.length,
    events: made.events,
    lessons,
    coldMs: Math.round(first.ms),
    warmMs: median(ours),
    nodeIcalMs: median(theirs),
    wrong: mistakes(first.result, made, 'Europe/Moscow'),
  };
}

/** A university's feed through the child of the operator's profile, each round beside node-ical on the same bytes. */
async function whole(variant: Variant, rounds: number) {
  const made = university(variant);
  const reader = createReader({ profile: 'configured' });
  const [ours, theirs]: [number[], number[]] = [[], []];
  let [late, turn, wrong] = [0, 0, 0];
  for (let n = 0; n < rounds; n += 1) {
    const one = await timed(() => read(reader, made, variant.zone));
    ours.push(one.ms);
    [late, turn] = [Math.max(late, one.lateMs), Math.max(turn, one.turnMs)];
    wrong += mistakes(one.result, made, variant.zone);
    theirs.push(await plain(made));
  }
  await reader.close();
  const [cold = 0, ...warm] = ours;
  const [mine, yardstick] = [median(warm), median(theirs)];
  return {
    feed: `${variant.shape} ${variant.zone}`,
    mb: Number((made.body.length / 1e6).toFixed(1)),
    events: made.events,
    occurrences: made.oracle.length,
    wrong,
    coldMs: Math.round(cold),
    ms: mine,
    nodeIcalMs: yardstick,
    ratio: Number((mine / yardstick).toFixed(2)),
    loopLateMs: late,
    busiestTurnMs: turn,
  };
}

/** The same feed comes again: what finding that out costs, beside one hash of its bytes. */
async function again(groups: number) {
  const made = university({ zone: 'Europe/Moscow', shape: 'rules', groups });
  const reader = createReader({ profile: 'configured' });
  const http = { fetch: async () => pageOf(made), close: async () => undefined };
  const asked = {
    ...{ id: 'ics', ask: { url: 'https://university.example/all.ics' }, profile: 'configured' as const },
    span: { ...TERM, zone: 'Europe/Moscow' },
  };
  const first = await readSource({ reader, http }, asked);
  if (first.status !== 'read') throw new Error('a first reading can not be unchanged');
  const times: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    const { result, ms } = await timed(() => readSource({ reader, http }, { ...asked, previous: first }));
    if (result.status !== 'unchanged') throw new Error('the same bytes were read again');
    times.push(ms);
  }
  await reader.close();
  const from = performance.now();
  createHash('sha256').update(made.body).digest('hex');
  const hash = performance.now() - from;
  return { bytes: made.body.length, ms: median(times), hashMs: Number(hash.toFixed(1)) };
}

function hostile(attacks: Awaited<ReturnType<typeof attack>>) {
  const most = (of: (one: (typeof attacks)[number]) => number) => Math.max(...attacks.map(of));
  return {
    cases: attacks.length,
    refusedAsMeant: attacks.filter(({ outcome, wanted }) => wanted.test(outcome)).length,
    aliveAfterwards: attacks.filter(({ alive }) => alive).length,
    slowestMs: most(({ ms }) => ms),
    loopLateMs: most(({ lateMs }) => lateMs),
    busiestTurnMs: most(({ turnMs }) => turnMs),
    grownMb: most(({ grownMb }) => grownMb),
    each: attacks.map(
      ({ name, outcome, ms, turnMs, grownMb }) => `${name}: ${outcome}, ${ms} ms, ${turnMs}, ${grownMb} MB`,
    ),
  };
}

const URL = 'https://university.example/all.ics';

function pageOf({ body }: University): Page {
  return { request: { url: URL }, url: URL, status: 200, headers: { 'content-type': 'text/calendar' }, body };
}

async function read(
  reader: ReturnType<typeof createReader>,
  made: University,
  zone: string,
): Promise<readonly Lesson[]> {
  const ask = { url: URL, profile: made.events > 5_000 || made.oracle.length > 20_000 ? 'configured' : 'pasted' };
  return (await reader.parse('ics', ask, [pageOf(made)], { ...TERM, zone })).lessons;
}

/** Milliseconds node-ical takes to parse and expand; throws when it finds something else, since then it is no yardstick. */
async function plain({ body, oracle }: University): Promise<number> {
  const text = new TextDecoder().decode(body);
  const from = performance.now();
  let found = 0;
  for (const event of Object.values(ical.sync.parseICS(text)))
    if (event?.type === 'VEVENT')
      found += ical.expandRecurringEvent(event as VEvent, { from: new Date(TERM.from), to: new Date(TERM.to) }).length;
  const ms = performance.now() - from;
  if (found !== oracle.length) throw new Error(`node-ical finds ${found} of ${oracle.length}`);
  return ms;
}

function median(values: readonly number[]): number {
  return Number([...values].sort((a, b) => a - b)[values.length >> 1]?.toFixed(1));
}

export default bench;
