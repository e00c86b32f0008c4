/** A clock that stands still until a test moves it. */
import type { Instant } from '../../src/domain/calendar.ts';
import { instantOf } from '../../src/domain/calendar.ts';

export type TestClock = {
  now(): Instant;
  /** Moves by milliseconds, backwards too. */
  move(by: number): void;
  set(at: Instant): void;
};

/** Starts at a wall time in Moscow, e.g. `clockAt('2026-09-14', '08:00')`. */
export function clockAt(day: string, clock: string, zone = 'Europe/Moscow'): TestClock {
  let at = instantOf(day, clock, zone);
  return {
    now: () => at,
    move(by) {
      at += by;
    },
    set(to) {
      at = to;
    },
  };
}
