/** One run at a time: a call during a run asks for one more run after it. */

/** Call it to run; the promise resolves when the run that covers this call has ended. `idle` waits for a running one and starts nothing. */
export type Single = { (): Promise<void>; idle(): Promise<void> };

/** Wraps a task; what it throws goes to `onError` and ends that run only. */
export function single(task: () => Promise<unknown>, onError: (error: unknown) => void): Single {
  let running: Promise<void> | null = null;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await task().catch(onError);
    } while (again);
  }

  function start(): Promise<void> {
    again = true;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  return Object.assign(start, { idle: () => running ?? Promise.resolve() });
}
