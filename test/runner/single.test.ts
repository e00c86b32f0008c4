/** One run at a time, none forgotten. */
import { expect, test } from 'vitest';
import { single } from '../../src/runner/single.ts';

test('calls during a run become one more run, and their promise waits for it', async () => {
  const started: number[] = [];
  let open = () => {};
  const run = single(
    async () => {
      started.push(started.length);
      await new Promise<void>((resolve) => {
        open = resolve;
      });
    },
    () => {},
  );
  const first = run();
  const more = Promise.all([run(), run(), run()]);
  expect(started).toEqual([0]);
  open();
  await new Promise(setImmediate);
  expect(started).toEqual([0, 1]);
  open();
  await Promise.all([first, more, run.idle()]);
  expect(started).toEqual([0, 1]);
});

test('an error ends that run only', async () => {
  const errors: unknown[] = [];
  let count = 0;
  const run = single(
    async () => {
      count += 1;
      if (count === 1) throw new Error('once');
    },
    (error) => errors.push(error),
  );
  await run();
  await run();
  expect(count).toBe(2);
  expect(errors).toHaveLength(1);
});
