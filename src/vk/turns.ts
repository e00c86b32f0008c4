/** One turn per peer at a time, in the order people spoke; peers do not wait for each other. */
import type { Log } from './ports.ts';

export type Turns = {
  /**
   * Queues work. Resolves true when it ran to its end (or was dropped because too much waits), false when it was left
   * undone by `stop`. Work that throws is logged; its peer's next turn goes on.
   */
  run(peer: number, chatter: boolean, work: () => Promise<void>): Promise<boolean>;
  /** Begins nothing more and waits for what runs, at most `ms`. */
  stop(ms: number): Promise<void>;
};

/** More than this behind one running turn is a flood or a turn that hangs. */
const WAITING = 20;
/** A turn that takes longer no longer holds up its peer, nor the cursor. Sources answer or fail within half of this. */
const LONGEST_MS = 60_000;

type Job = { readonly chatter: boolean; readonly work: () => Promise<void>; done(ran: boolean): void };

export function createTurns(log: Log): Turns {
  const queues = new Map<number, Job[]>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  async function serve(peer: number, queue: Job[]): Promise<void> {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      if (stopped) {
        job.done(false);
        continue;
      }
      await limited(peer, job.work);
      job.done(true);
    }
    queues.delete(peer);
  }

  async function limited(peer: number, work: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        log.error({ peer, ms: LONGEST_MS }, 'a turn did not end in time; the next one begins beside it');
        resolve();
      }, LONGEST_MS);
    });
    const turn = work().catch((error: unknown) => log.error({ peer, err: error }, 'a turn broke'));
    await Promise.race([turn, late]);
    clearTimeout(timer);
  }

  return {
    run(peer, chatter, work) {
      if (stopped) return Promise.resolve(false);
      return new Promise((resolve) => {
        const job: Job = { chatter, work, done: resolve };
        const queue = queues.get(peer);
        if (queue !== undefined) {
          queue.push(job);
          if (queue.length > WAITING) drop(peer, queue);
          return;
        }
        const fresh = [job];
        queues.set(peer, fresh);
        const served = serve(peer, fresh).finally(() => running.delete(served));
        running.add(served);
      });
    },
    async stop(ms) {
      stopped = true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([Promise.all(running), late]);
      clearTimeout(timer);
    },
  };

  /** Talk that is not meant for us goes first; then the oldest, since the last word is what a person wants answered. */
  function drop(peer: number, queue: Job[]): void {
    const chatter = queue.findIndex((job) => job.chatter);
    const [dropped] = queue.splice(Math.max(chatter, 0), 1);
    log.warn({ peer, waiting: queue.length }, 'too much waits in one conversation; one message is skipped');
    dropped?.done(true);
  }
}
