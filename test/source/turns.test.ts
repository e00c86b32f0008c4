/** One request a host at a time, paced; hosts do not wait for each other; a host that asks for peace gets it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTurns, PAUSE } from '../../src/source/turns.ts';
import { virtualTime } from '../support/virtual.ts';
import { refusal } from './site.ts';

const { signal } = new AbortController();

test('two to one host begin a pause apart; another host does not wait', async () => {
  const time = virtualTime();
  const turns = createTurns(time);
  const begun: string[] = [];
  const job = (name: string, ms: number) => async () => {
    begun.push(`${name} ${time.now()}`);
    await time.sleep(ms);
  };
  const all = [
    turns.take('a', PAUSE, signal, job('a1', 100)),
    turns.take('a', PAUSE, signal, job('a2', 3000)),
    turns.take('a', PAUSE, signal, job('a3', 0)),
    turns.take('b', 2 * PAUSE, signal, job('b1', 0)),
    turns.take('b', 2 * PAUSE, signal, job('b2', 0)),
  ];
  await time.runTo(60_000);
  await Promise.all(all);
  // After the slow answer of a2 the host gets a breath, though a second has long passed.
  expect(begun).toEqual(['a1 0', 'b1 0', 'a2 1100', 'b2 2200', 'a3 4350']);
});

test('a queue without end is refused at its end; it empties, and then there is room again; another host has its own', async () => {
  const time = virtualTime();
  const turns = createTurns(time);
  const ask = (host: string) => turns.take(host, PAUSE, signal, async () => 'read');
  const queued = Array.from({ length: 250 }, () => ask('a').catch((error) => error));
  expect(await ask('b')).toBe('read');
  await time.runTo(300_000);
  const came = await Promise.all(queued);
  expect(came.filter((one) => one === 'read')).toHaveLength(200);
  expect(came.at(-1)).toMatchObject({ kind: 'unreachable', detail: 'crowd' });
  const later = ask('a');
  await time.runTo(310_000);
  expect(await later).toBe('read');
});

test('whatever the answers take and however many come, no second holds two beginnings, and one runs at a time', async () => {
  const jobs = fc.array(fc.record({ at: fc.nat(5000), ms: fc.nat(3000), fails: fc.boolean() }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(jobs, async (wanted) => {
      const time = virtualTime();
      const turns = createTurns(time);
      const begun: number[] = [];
      let running = 0;
      let most = 0;
      const all = wanted.map(async ({ at, ms, fails }) => {
        await time.sleep(at);
        await turns.take('a', PAUSE, signal, async () => {
          begun.push(time.now());
          most = Math.max(most, ++running);
          await time.sleep(ms);
          running -= 1;
          if (fails) throw new Error('broken');
        });
      });
      const ended = Promise.allSettled(all);
      await time.runTo(200_000);
      await ended;
      expect(begun).toHaveLength(wanted.length);
      expect(most).toBeLessThanOrEqual(1);
      for (const [n, at] of begun.slice(1).entries()) expect(at - (begun[n] ?? 0)).toBeGreaterThanOrEqual(PAUSE);
    }),
    { numRuns: 50 },
  );
});

test('who gives up while waiting costs the host no pause', async () => {
  const time = virtualTime();
  const turns = createTurns(time);
  const giveUp = new AbortController();
  const begun: number[] = [];
  const first = turns.take('a', PAUSE, signal, () => time.sleep(500));
  const second = turns.take('a', PAUSE, giveUp.signal, async () => expect.unreachable()).catch(String);
  const third = turns.take('a', PAUSE, signal, async () => void begun.push(time.now()));
  giveUp.abort();
  await time.runTo(10_000);
  expect(await second).toContain('AbortError');
  await Promise.all([first, third]);
  expect(begun).toEqual([PAUSE]);
});

test('a host left alone is not asked, neither by who waits already nor by who comes; then it is', async () => {
  const time = virtualTime();
  const turns = createTurns(time);
  const first = turns.take('a', PAUSE, signal, async () => turns.leaveAlone('a', 90_000));
  const waiting = refusal(turns.take('a', PAUSE, signal, async () => expect.unreachable()));
  await time.runTo(30_000);
  await first;
  expect((await waiting).what).toBe('unreachable busy');
  turns.leaveAlone('a', 1000);
  const error = await turns.take('a', PAUSE, signal, async () => expect.unreachable()).catch((caught) => caught);
  expect(error).toMatchObject({ detail: 'busy', retryAfter: 60_000 });
  expect(await turns.take('b', PAUSE, signal, async () => 'b')).toBe('b');
  await time.runTo(91_000);
  expect(await turns.take('a', PAUSE, signal, async () => 'again')).toBe('again');
});
