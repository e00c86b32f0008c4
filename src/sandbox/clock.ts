/** The product clock: the time lessons and dates in events live by. It can be moved and run faster; the protocol's rules never see it. */

export type Clock = {
  /** Milliseconds, whole. */
  now(): number;
  jump(to: number): void;
  /** Forward by milliseconds; back when negative. */
  move(by: number): void;
  /** 1 is real time, 60 a minute in a second. */
  speed(factor: number): void;
  /** Calls the listener at once after each change by hand, not as time goes by. Gives the way to stop it. */
  watch(listener: () => void): () => void;
  state(): { readonly now: number; readonly speed: number };
};

const FASTEST = 3600;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Starts at the real time. `real` is given by tests only. */
export function createClock({ real = Date.now }: { readonly real?: () => number } = {}): Clock {
  const began = real();
  let anchor = { real: began, product: began, factor: 1 };
  const listeners = new Set<() => void>();

  function now(): number {
    return Math.floor(anchor.product + (real() - anchor.real) * anchor.factor);
  }
  function set(product: number, factor: number): void {
    anchor = { real: real(), product, factor };
    for (const listener of [...listeners]) listener();
  }

  return {
    now,
    jump: (to) => set(to, anchor.factor),
    move: (by) => set(now() + by, anchor.factor),
    speed(factor) {
      if (!(factor > 0 && factor <= FASTEST)) throw new RangeError(`the clock runs at a speed of up to ${FASTEST}`);
      set(now(), factor);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => ({ now: now(), speed: anchor.factor }),
  };
}

/** What `moment` reads: a day, and hours with minutes in the sandbox's zone. */
export const MOMENT = /^(today|tomorrow)-([01]\d|2[0-3])([0-5]\d)$/;

/** The instant of `today-0844` or `tomorrow-0844`, as seen at `now` in the zone. Throws where the words are others. */
export function moment(words: string, now: number, zone: string): number {
  const [, day, hours, minutes] = MOMENT.exec(words) ?? [];
  if (day === undefined) throw new Error(`no moment «${words}»: today-HHMM or tomorrow-HHMM`);
  const local = new Date(now + offset(now, zone));
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  const wall = midnight + (day === 'tomorrow' ? DAY : 0) + (Number(hours) * 60 + Number(minutes)) * MINUTE;
  // The offset of that very hour counts, which a change to summer time makes another than today's.
  const guess = wall - offset(now, zone);
  return wall - offset(guess, zone);
}

/** How far the zone is ahead of UTC, ms. */
function offset(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
