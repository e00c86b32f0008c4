/** VK behind one door: events in as turns, answers and sayings out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createCall } from './call.ts';
import { findCommunity, switchEventsOn } from './community.ts';
import { createCounts } from './counts.ts';
import { createListener } from './listen.ts';
import { createPack } from './pack.ts';
import type { Vk, VkOptions } from './ports.ts';
import { createPost } from './post.ts';
import { createRate } from './rate.ts';
import { createReplies } from './reply.ts';
import { createTake } from './take.ts';
import { createTurns } from './turns.ts';

export { VkRefused } from './community.ts';
export type { Log, Outcome, PostBatch, Vk, VkOptions } from './ports.ts';

const WAIT_SECONDS = 25;
/** How long running turns are waited for, and after them the place in the stream. */
const TURNS_MS = 4000;
const PLACE_MS = 500;
/** What was cut needs no more to come to its end. */
const UNWIND_MS = 400;

/** Opens the way to VK; nothing is polled before `listen()`. Throws VkRefused when VK does not know the community or the token. */
export async function openVk(options: VkOptions): Promise<Vk> {
  const { log } = options;
  const rate = createRate();
  const line = connect(options.token, options.apiUrl);
  const counts = createCounts();
  const ask = counts.counted(line.ask);
  const call = createCall(ask, rate);
  let stopped = false;
  const close = () => {
    stopped = true;
    rate.stop();
    line.close();
  };
  const community = await findCommunity(call, options.groupId).catch((error: unknown) => {
    close();
    throw error;
  });
  const groupId = community.id;
  const replies = createReplies(call, log, options.refused);
  const turns = createTurns(log);
  const take = createTake({
    ...options,
    groupId,
    updates: line.vk.updates,
    call,
    replies,
    turns,
    stopped: () => stopped,
  });
  const listener = createListener({
    call,
    groupId,
    cursor: options.cursor,
    take,
    now: options.now,
    log,
    waitSeconds: options.poll?.waitSeconds ?? WAIT_SECONDS,
  });

  async function end(turnsMs: number, placeMs: number): Promise<void> {
    await Promise.all([listener.stop(), turns.stop(turnsMs)]);
    await Promise.race([listener.settled(), sleep(placeMs)]);
  }

  return {
    groupId,
    name: community.name,
    listen() {
      void switchEventsOn(call, log, groupId).then(() => listener.start());
    },
    post: createPost(createPack(ask, rate, log), {
      render: options.render,
      now: options.now,
      log,
      refused: counts.refusedPeer,
    }),
    quiet: () => end(TURNS_MS, PLACE_MS),
    async stop() {
      close();
      await end(UNWIND_MS, UNWIND_MS);
    },
    health: () => ({ lastPollAt: listener.lastPollAt(), trouble: listener.trouble() }),
    counts: counts.read,
  };
}
