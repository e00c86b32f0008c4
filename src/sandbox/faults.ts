/** Faults on demand: what goes wrong, for which method or peer, and how many times. */
import type { LongPoll } from './longpoll.ts';
import type { ActiveFault, Fault } from './seen.ts';

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
};

export function createFaults(poll: LongPoll): Faults {
  let faults: readonly ActiveFault[] = [];
  let lastId = 0;
  let limited = true;

  function fits(fault: Fault, kind: Fault['kind'], method: string, peer?: number): boolean {
    if (fault.kind !== kind) return false;
    if (fault.method === undefined ? method === 'longpoll' : fault.method !== method) return false;
    return fault.peer === undefined || fault.peer === peer;
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
    take(kind, method, peer) {
      const found = faults.find((fault) => fits(fault, kind, method, peer));
      if (found?.times === undefined) return found;
      const left = found.times - 1;
      faults = faults.flatMap((fault) => (fault !== found ? [fault] : left > 0 ? [{ ...fault, times: left }] : []));
      return found;
    },
  };
}
