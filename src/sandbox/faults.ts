/** Faults on demand: what goes wrong, for which method or peer, and how many times. */
import type { LongPoll } from './longpoll.ts';
import type { ActiveFault, Fault } from './seen.ts';

/** A call a fault may be meant for: its method, and the peers it names. */
export type Target = { readonly method: string; readonly peers: readonly number[] };

export type Faults = {
  /** Gives the id by which the fault is cleared. */
  add(fault: Fault): number;
  clear(id?: number): void;
  list(): readonly ActiveFault[];
  /** The window of 20 calls in a second, on at first. */
  rateLimit(on: boolean): void;
  limited(): boolean;
  killKey(failed?: 2 | 3): void;
  loseHistory(): void;
  repeatEvents(count?: number): void;
  /** Uses up one fault of this kind that fits. `peer` undefined: a fault that names a peer does not fit. */
  take(kind: Fault['kind'], method: string, peer?: number): ActiveFault | undefined;
  /** The same for a request that holds several calls: a fault that fits any of them is used up once. */
  takeAny(kind: Fault['kind'], targets: readonly Target[]): ActiveFault | undefined;
};

export function createFaults(poll: LongPoll): Faults {
  let faults: readonly ActiveFault[] = [];
  let lastId = 0;
  let limited = true;

  function fits(fault: Fault, { method, peers }: Target): boolean {
    if (fault.method === undefined ? method === 'longpoll' : fault.method !== method) return false;
    return fault.peer === undefined || peers.includes(fault.peer);
  }

  function takeAny(kind: Fault['kind'], targets: readonly Target[]): ActiveFault | undefined {
    const found = faults.find((fault) => fault.kind === kind && targets.some((target) => fits(fault, target)));
    if (found?.times === undefined) return found;
    const left = found.times - 1;
    faults = faults.flatMap((fault) => (fault !== found ? [fault] : left > 0 ? [{ ...fault, times: left }] : []));
    return found;
  }

  return {
    add(fault) {
      lastId += 1;
      faults = [...faults, { ...fault, id: lastId }];
      return lastId;
    },
    clear(id) {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id);
    },
    list: () => faults,
    rateLimit(on) {
      limited = on;
    },
    limited: () => limited,
    killKey: (failed = 2) => poll.killKeys(failed),
    loseHistory: () => poll.loseHistory(),
    repeatEvents: (count = 1) => poll.repeat(count),
    take: (kind, method, peer) => takeAny(kind, [{ method, peers: peer === undefined ? [] : [peer] }]),
    takeAny,
  };
}
