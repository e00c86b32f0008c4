/** Plans what falls due to a crowd on a thread of its own, which only reads; what it found is written by the one who asked. */
import { Worker } from 'node:worker_threads';
import type { KeptEntry } from '../store/index.ts';
import type { Planning } from './due.ts';

/** What one piece found, ready to be written. */
export type ReadyPiece = {
  readonly entries: readonly KeptEntry[];
  readonly timetables: readonly number[];
  readonly again: Planning;
};

export type Planner = {
  /**
   * Plans all that is left of it, from one state of the database: the one committed last. `take` gets some pieces at a time, in
   * order, and is awaited. Throws what `take` throws; PlannerGone when the thread ended.
   */
  plan(planning: Planning, take: (pieces: readonly ReadyPiece[]) => Promise<void>): Promise<void>;
  /** Ends the thread; what is being planned throws PlannerGone. */
  close(): Promise<void>;
};

export type ToThread = { readonly planning: Planning } | 'taken';
export type FromThread = { readonly pieces: readonly ReadyPiece[] } | { readonly failed: string } | 'done';

/** The thread ended, by itself or because it was told to. Nothing is lost: the span is planned again. */
export class PlannerGone extends Error {}

/** `file` is that of the store. The thread is started by the first crowd, and again after it died. */
export function createPlanner(file: string): Planner {
  let thread: Worker | null = null;
  let closed = false;

  function start(): Worker {
    const fresh = new Worker(new URL('./planner-thread.ts', import.meta.url), { workerData: { file } });
    // It is no reason to stay alive, and whoever waits for it hears of its end.
    fresh.unref();
    fresh.on('error', () => undefined);
    fresh.once('exit', () => {
      if (thread === fresh) thread = null;
    });
    return fresh;
  }

  async function plan(planning: Planning, take: (pieces: readonly ReadyPiece[]) => Promise<void>): Promise<void> {
    if (closed) throw new PlannerGone('closed');
    thread ??= start();
    const mine = thread;
    const inbox = inboxOf(mine);
    try {
      mine.postMessage({ planning } satisfies ToThread);
      for (;;) {
        const message = await inbox.next();
        if (message === 'done') return;
        if ('failed' in message) throw new PlannerGone(message.failed);
        await take(message.pieces);
        mine.postMessage('taken' satisfies ToThread);
      }
    } catch (error) {
      // In the middle of a planning: the next one must not find its leftovers.
      if (thread === mine) thread = null;
      await mine.terminate();
      throw error;
    } finally {
      inbox.close();
    }
  }

  return {
    plan,
    async close() {
      closed = true;
      await thread?.terminate();
    },
  };
}

/** What the thread says, one after another; its end is an error. */
function inboxOf(thread: Worker): { next(): Promise<FromThread>; close(): void } {
  const waiting: FromThread[] = [];
  let gone: PlannerGone | null = null;
  let wake: () => void = () => undefined;

  function hear(message: FromThread): void {
    waiting.push(message);
    wake();
  }
  function end(why: unknown): void {
    gone ??= new PlannerGone(String(why));
    wake();
  }
  thread.on('message', hear);
  thread.on('error', end);
  thread.on('exit', end);
  return {
    async next() {
      for (;;) {
        const message = waiting.shift();
        if (message !== undefined) return message;
        if (gone !== null) throw gone;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close() {
      thread.off('message', hear);
      thread.off('error', end);
      thread.off('exit', end);
    },
  };
}
