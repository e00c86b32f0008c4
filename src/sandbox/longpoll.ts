/** Bots Long Poll: a numbered history of events, keys that die, and the three ways it fails. */
import { randomBytes } from 'node:crypto';

type Event = {
  readonly type: string;
  readonly event_id: string;
  readonly v: string;
  readonly object: unknown;
  readonly group_id: number;
};

type PollAnswer =
  | { readonly ts: string; readonly updates: readonly Event[] }
  /** History is partly lost: go on from this ts, a number here and nowhere else. */
  | { readonly failed: 1; readonly ts: number }
  /** 2: the key is dead, keep your ts. 3: take a new key and a new ts. */
  | { readonly failed: 2 | 3 };

export type LongPoll = {
  /** Event type → is it switched on; types that are absent are off. */
  readonly settings: { enabled: boolean; version: string; readonly events: Map<string, boolean> };
  emit(type: string, object: unknown): void;
  key(): { readonly key: string; readonly ts: string };
  /** Waits at most `wait` seconds (VK: ≤ 90) for something after `ts`. */
  ask(key: string, ts: string, wait: number, signal: AbortSignal): Promise<PollAnswer>;
  /** All keys die; their next poll answers `failed: 2`, or 3 when information is to be lost. */
  killKeys(failed: 2 | 3): void;
  loseHistory(): void;
  /** The last `count` events come once more, with the ids they had. */
  repeat(count: number): void;
  close(): void;
};

type Options = {
  readonly groupId: number;
  readonly real: () => number;
  readonly keyLife: number;
  readonly historyLife: number;
  readonly historySize: number;
};

const BATCH = 100;
const LONGEST_WAIT = 90;
const ON_AT_FIRST = ['message_new', 'message_event', 'message_allow', 'message_deny'];

export function createLongPoll({ groupId, real, keyLife, historyLife, historySize }: Options): LongPoll {
  const keys = new Map<string, { readonly born: number; failed?: 2 | 3 }>();
  let history: { readonly number: number; readonly at: number; readonly event: Event }[] = [];
  // Numbers go on from the real time, so a bot that kept its ts over a restart of the sandbox meets `failed: 1`, as in VK.
  let last = Math.floor(real() / 1000);
  let lost = last;
  const sleepers = new Set<() => void>();
  const settings = { enabled: true, version: '5.199', events: new Map(ON_AT_FIRST.map((type) => [type, true])) };

  function wake(): void {
    for (const sleeper of [...sleepers]) sleeper();
  }

  function push(event: Event): void {
    last += 1;
    history.push({ number: last, at: real(), event });
    forget();
    wake();
  }

  function forget(): void {
    const oldest = real() - historyLife;
    const first = Math.max(
      0,
      history.length - historySize,
      history.findIndex((entry) => entry.at >= oldest),
    );
    const all = history.length > 0 && history.every((entry) => entry.at < oldest);
    const gone = history.splice(0, all ? history.length : first);
    lost = gone.at(-1)?.number ?? lost;
  }

  function look(key: string, ts: string): PollAnswer {
    const known = keys.get(key);
    if (known?.failed === 3) return { failed: 3 };
    if (known === undefined || known.failed === 2 || real() - known.born >= keyLife) return { failed: 2 };
    forget();
    const from = /^\d+$/.test(ts) ? Number(ts) : Number.NaN;
    if (Number.isNaN(from) || from > last) return { failed: 1, ts: last };
    if (from < lost) return { failed: 1, ts: lost };
    const fresh = history.filter((entry) => entry.number > from).slice(0, BATCH);
    return { ts: String(fresh.at(-1)?.number ?? from), updates: fresh.map((entry) => entry.event) };
  }

  return {
    settings,
    emit(type, object) {
      if (!settings.enabled || settings.events.get(type) !== true) return;
      push({ group_id: groupId, type, event_id: randomBytes(20).toString('hex'), v: settings.version, object });
    },
    key() {
      const key = randomBytes(20).toString('hex');
      keys.set(key, { born: real() });
      for (const old of [...keys.keys()].slice(0, -100)) keys.delete(old);
      return { key, ts: String(last) };
    },
    async ask(key, ts, wait, signal) {
      const until = performance.now() + Math.min(Math.max(wait, 0), LONGEST_WAIT) * 1000;
      for (;;) {
        const answer = look(key, ts);
        const left = until - performance.now();
        if ('failed' in answer || answer.updates.length > 0 || left <= 0 || signal.aborted) return answer;
        await sleep(left, sleepers, signal);
      }
    },
    killKeys(failed) {
      for (const [key, state] of keys) keys.set(key, { ...state, failed });
      wake();
    },
    loseHistory() {
      history = [];
      // One number more is lost than anyone has read, so that every ts in use is told so.
      last += 1;
      lost = last;
      wake();
    },
    repeat(count) {
      for (const { event } of history.slice(-count)) push(event);
    },
    close() {
      for (const [key, state] of keys) keys.set(key, { ...state, failed: 2 });
      wake();
    },
  };
}

function sleep(ms: number, sleepers: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      sleepers.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    sleepers.add(done);
    signal.addEventListener('abort', done);
  });
}
