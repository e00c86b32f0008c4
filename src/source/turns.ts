/** Whose turn it is: one request a host at a time, a pause after each, and a host that asks for peace gets it. */
import { SourceError } from './contract.ts';

/** Milliseconds that only ever grow, and a way to let them pass; injected in tests. */
export type Stopwatch = { now(): number; sleep(ms: number): Promise<void> };

export type Turns = {
  /**
   * Runs the job once all earlier ones of its host are over and its pause has passed: `pause` ms from the beginning of one job to
   * the beginning of the next, and a moment of rest after a slow one. Who stops waiting leaves the queue as it was.
   * Throws SourceError `unreachable`: `busy` while the host is left alone, `crowd` where too many wait for it.
   */
  take<T>(host: string, pause: number, signal: AbortSignal, job: () => Promise<T>): Promise<T>;
  /** Leaves the host alone for so many milliseconds; a longer peace that was asked for before stays. */
  leaveAlone(host: string, ms: number): void;
};

/** At most one request a second where a source asks for no more; the rest is for packets that were quicker than those before them. */
export const PAUSE = 1100;
/** People who wait for one host; who would wait for minutes is told so at once. */
const MOST_WAITING = 200;
/** A slow host gets a breath between the end of one answer and the next question. */
const REST = 250;

export function createTurns({ now, sleep }: Stopwatch): Turns {
  const queues = new Map<string, Promise<void>>();
  const waiting = new Map<string, number>();
  const peace = new Map<string, number>();

  function refuseInPeace(host: string): void {
    const left = (peace.get(host) ?? 0) - now();
    if (left <= 0) peace.delete(host);
    else throw new SourceError('unreachable', 'busy', `${host} asked to be left alone`, [], Math.ceil(left));
  }

  function take<T>(host: string, pause: number, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    const others = waiting.get(host) ?? 0;
    if (others >= MOST_WAITING)
      return Promise.reject(new SourceError('unreachable', 'crowd', `${others} wait for ${host}`));
    waiting.set(host, others + 1);
    const before = queues.get(host) ?? Promise.resolve();
    let began: number | null = null;
    const run = before.then(() => {
      signal.throwIfAborted();
      refuseInPeace(host);
      began = now();
      return unlessAborted(job(), signal);
    });
    const over = run
      .catch(() => undefined)
      .then(() => (began === null ? undefined : sleep(Math.max(began + pause - now(), Math.min(REST, pause)))))
      .then(() => {
        if (queues.get(host) === over) queues.delete(host);
        const left = (waiting.get(host) ?? 1) - 1;
        if (left > 0) waiting.set(host, left);
        else waiting.delete(host);
      });
    queues.set(host, over);
    return unlessAborted(run, signal);
  }

  return {
    take,
    leaveAlone(host, ms) {
      peace.set(host, Math.max(peace.get(host) ?? 0, now() + ms));
    },
  };
}

/** The work, or the end of waiting for it: undici itself hears a signal only once it is connected. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const stop = (): void => fail(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}
