/** What VK said is counted by method and class, and the last minute's calls slide. */
import { expect, test } from 'vitest';
import { type Called, STOPPING } from '../../src/vk/call.ts';
import { createCounts } from '../../src/vk/counts.ts';

test('calls by method and answer; what was cut by a stop was never answered', async () => {
  const counts = createCounts(() => 0);
  const refused = (code: number): Called => ({ ok: false, code, text: '' });
  const ok: Called = { ok: true, response: 1 };
  for (const called of [ok, ok, refused(6), refused(0), refused(7), STOPPING])
    await counts.counted(async () => called)('messages.send', {});
  expect(counts.read().calls).toEqual([
    { method: 'messages.send', answer: 'ok', count: 2 },
    { method: 'messages.send', answer: 'slow', count: 1 },
    { method: 'messages.send', answer: 'retry', count: 1 },
    // For a whole call «no permission» is the token's.
    { method: 'messages.send', answer: 'halt', count: 1 },
  ]);
});

test('peers by the class of their refusal', () => {
  const counts = createCounts(() => 0);
  for (const code of [7, 901, 950]) counts.refusedPeer(code, 'peer');
  counts.refusedPeer(7, 'call');
  expect(counts.read().refused).toEqual({ gone: 2, 'until-writes': 1, halt: 1 });
});

test.each([
  [0, 3],
  [30_000, 3],
  [59_999, 3],
  // The first two of them left in a second that is more than a minute ago.
  [60_000, 1],
  [61_000, 0],
  [3_600_000, 0],
])('%i ms later %i calls are of the last minute', async (later, expected) => {
  let now = 7_000;
  const counts = createCounts(() => now);
  const call = counts.counted(async () => ({ ok: true, response: 1 }));
  await call('messages.send', {});
  await call('messages.send', {});
  now += 1_000;
  await call('messages.send', {});
  now = 7_000 + later;
  expect(counts.read().lastMinute).toBe(expected);
});
