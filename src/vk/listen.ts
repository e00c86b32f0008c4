/**
 * Our own Bots Long Poll loop. vk-io stays the receiver of every update; only its polling is replaced, because in
 * vk-io 4.10.1 (each reproduced, see test/vk/vk-io.test.ts):
 *   3. one malformed `payload` throws in a constructor: the rest of the batch is lost and polling stalls for 3 s;
 *   4. `failed: 2` is treated as 3: `ts` is dropped, and what happened between the failure and the new key is lost;
 *   5. `ts` lives in memory only: what arrives while the process is down is lost;
 *   6. `stop()` does not abort the running poll: up to 25 s pass, and what arrives is still handled.
 * Drop this file when these are fixed upstream.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../domain/calendar.ts';
import { type Call, field } from './call.ts';
import { callRuleOf } from './errors.ts';
import type { Cursor, Log } from './ports.ts';

export type Listener = {
  start(): void;
  /** Aborts the poll at once; resolves when the loop has ended. */
  stop(): Promise<void>;
  /** Resolves when everything taken in is settled and the place is saved: after `stop`. */
  settled(): Promise<unknown>;
  /** When VK last answered a poll. */
  lastPollAt(): Instant | null;
  /** Why the last try to poll came to nothing; null after one that did not. */
  trouble(): string | null;
};
/** `done`: settled for good. `undone`: must come again after a restart. `nothing`: nothing came of it, nor would a second time. */
export type Taken = 'done' | 'undone' | 'nothing';
type Options = {
  readonly call: Call;
  readonly groupId: number;
  readonly cursor: Cursor;
  /** Takes one raw update. Never rejects. */
  take(update: unknown): Promise<Taken>;
  now(): Instant;
  readonly log: Log;
  readonly waitSeconds: number;
};

type Door = { readonly server: string; readonly key: string; readonly ts: string };
type Polled =
  | { readonly kind: 'events'; readonly ts: string; readonly updates: readonly unknown[] }
  | { readonly kind: 'moved'; readonly ts: string }
  | { readonly kind: 'key' }
  | { readonly kind: 'lost' };

const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 60_000;
/** How much later than `wait` an answer may come. */
const SLACK_MS = 10_000;
/** Updates taken in and not settled; above this the next poll waits, so memory stays bounded. */
const UNSETTLED = 500;
/** Polls of which nothing came may pass by without the place being saved; after this many it is, so that a crash repeats little. */
const IDLE_POLLS = 50;

export function createListener({ call, groupId, cursor, take, now, log, waitSeconds }: Options): Listener {
  const ending = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  let lastPollAt: Instant | null = null;
  let trouble: string | null = null;
  /** Settles when everything taken so far is settled and its place saved; false once something was left undone. */
  let settled: Promise<boolean> = Promise.resolve(true);
  let unsettled = 0;
  /** A place that was reached and not saved, and how many polls ago the last one was. */
  let unsaved: string | null = null;
  let idle = 0;

  async function run(): Promise<void> {
    let ts: string | null | undefined;
    let door: Door | null = null;
    let troubles = 0;
    while (!ending.signal.aborted) {
      try {
        if (ts === undefined) ts = await cursor.load();
        door ??= await openDoor();
        if (ts === null) {
          ts = door.ts;
          remember(ts, []);
        }
        const polled = await ask(door, ts);
        lastPollAt = now();
        trouble = null;
        if (polled.kind === 'events') {
          troubles = 0;
          if (polled.ts !== ts || polled.updates.length > 0) remember(polled.ts, polled.updates.map(begin));
          ts = polled.ts;
          while (unsettled > UNSETTLED && !ending.signal.aborted) await rest(1, 0);
          continue;
        }
        if (polled.kind === 'moved') {
          log.warn({ from: ts, to: polled.ts }, 'VK no longer has some events; going on from the oldest it has');
          ts = polled.ts;
          remember(ts, []);
        } else {
          // A dead key costs nothing as long as our place is kept; only «lost» takes VK's new place.
          door = null;
          if (polled.kind === 'lost') {
            log.warn({ from: ts }, 'VK lost events; going on from now');
            ts = null;
          }
        }
        // The first time is ordinary (a key lives about an hour); a row of them is a fault on one of the two sides.
        troubles += 1;
        if (troubles > 1) await rest(troubles - 1, 0);
      } catch (error) {
        if (ending.signal.aborted) return;
        troubles += 1;
        const atLeast = error instanceof NoDoor ? error.restMs : 0;
        trouble = error instanceof Error ? error.message : String(error);
        log.warn({ why: trouble, troubles }, 'polling is interrupted');
        await rest(troubles, atLeast);
      }
    }
  }

  async function openDoor(): Promise<Door> {
    const called = await orEnding(call('reply', 'groups.getLongPollServer', { group_id: groupId }));
    if (!called.ok) throw new NoDoor(`groups.getLongPollServer: ${called.code} ${called.text}`, restFor(called.code));
    const { server, key, ts } = called.response as Partial<Record<string, unknown>>;
    if (typeof server !== 'string' || typeof key !== 'string')
      throw new NoDoor('groups.getLongPollServer: no server', 0);
    return { server: /^https?:\/\//.test(server) ? server : `https://${server}`, key, ts: String(ts) };
  }

  async function ask(door: Door, ts: string): Promise<Polled> {
    const url = new URL(door.server);
    for (const [name, value] of Object.entries({ act: 'a_check', key: door.key, ts, wait: String(waitSeconds) })) {
      url.searchParams.set(name, value);
    }
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(waitSeconds * 1000 + SLACK_MS)]);
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`the poll was answered with ${response.status}`);
    return readPoll(await response.json());
  }

  /** One update at its handler; `unsettled` follows it. */
  async function begin(update: unknown): Promise<Taken> {
    unsettled += 1;
    try {
      return await take(update);
    } finally {
      unsettled -= 1;
    }
  }

  /**
   * The place is saved after everything before it is settled, in order, while polling goes on. A crash repeats what was
   * not settled (event ids make a repeat harmless) and loses nothing. Talk of which nothing came saves no place.
   */
  function remember(ts: string, batch: readonly Promise<Taken>[]): void {
    const before = settled;
    settled = Promise.all([before, ...batch]).then(([whole, ...taken]) => {
      if (!whole || taken.includes('undone')) return false;
      unsaved = ts;
      idle += 1;
      const worth = taken.length === 0 || taken.includes('done') || idle >= IDLE_POLLS;
      return worth ? save() : true;
    });
  }

  async function save(): Promise<boolean> {
    const ts = unsaved;
    if (ts === null) return true;
    unsaved = null;
    idle = 0;
    try {
      await cursor.save(ts);
    } catch (error) {
      log.error({ err: error }, 'the place in the event stream could not be saved');
    }
    return true;
  }

  /** The same, or nothing at all once the loop ends: VK may hang. */
  function orEnding<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = () => reject(ending.signal.reason);
      if (ending.signal.aborted) return end();
      ending.signal.addEventListener('abort', end, { once: true });
      const free = () => ending.signal.removeEventListener('abort', end);
      work.finally(free).then(resolve, reject);
    });
  }

  async function rest(troubles: number, atLeast: number): Promise<void> {
    const ms = Math.max(atLeast, Math.min(FIRST_REST_MS * 2 ** (troubles - 1), LONGEST_REST_MS));
    // Aborted by stop(): the loop sees it next.
    await sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  }

  return {
    start() {
      loop = run();
    },
    async stop() {
      ending.abort();
      await loop;
    },
    settled: () => settled.then(save),
    lastPollAt: () => lastPollAt,
    trouble: () => trouble,
  };
}

/** No key to poll with; `restMs` is the least time to leave VK alone. */
class NoDoor extends Error {
  readonly restMs: number;
  constructor(message: string, restMs: number) {
    super(message);
    this.restMs = restMs;
  }
}

/** This call has a quantity limit of its own (error 29), and a refused token does not heal within seconds. */
function restFor(code: number): number {
  const known = callRuleOf(code);
  return known.kind === 'halt' ? LONGEST_REST_MS : known.kind === 'slow' ? known.waitMs : 0;
}

/** `ts` is text, and a number in `failed: 1`; unknown fields are ignored. */
function readPoll(body: unknown): Polled {
  const failed = field(body, 'failed');
  const ts = field(body, 'ts');
  if (failed === 2) return { kind: 'key' };
  if (failed !== undefined && failed !== 1) return { kind: 'lost' };
  if (typeof ts !== 'string' && typeof ts !== 'number') throw new Error('the poll was answered without ts');
  if (failed === 1) return { kind: 'moved', ts: String(ts) };
  const updates = field(body, 'updates');
  return { kind: 'events', ts: String(ts), updates: Array.isArray(updates) ? updates : [] };
}
