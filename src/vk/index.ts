/** VK behind one door: events in as turns, answers and sayings out. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'vk-io';
import type { Turn } from '../chat/turn.ts';
import { isAdmin } from './admin.ts';
import { connect, createCall } from './call.ts';
import { findCommunity, switchEventsOn } from './community.ts';
import { createListener } from './listen.ts';
import type { Vk, VkOptions } from './ports.ts';
import { createPost } from './post.ts';
import { randomIdOf } from './random-id.ts';
import { createRate } from './rate.ts';
import { type Incoming, receive } from './receive.ts';
import { createReplies } from './reply.ts';
import { createDialogue } from './session.ts';
import { createTurns } from './turns.ts';
import { readUpdate } from './update.ts';

export { VkRefused } from './community.ts';
export type { Log, Outcome, PostBatch, Vk, VkOptions } from './ports.ts';

const WAIT_SECONDS = 25;
/** A pressed button stops spinning by then, even when the answer takes longer (VK gives it a minute). */
const SPIN_MS = 5000;
const STOP_MS = 8000;

/** Opens the way to VK; nothing is polled before `listen()`. Throws VkRefused when VK does not know the community or the token. */
export async function openVk(options: VkOptions): Promise<Vk> {
  const { log } = options;
  const rate = createRate();
  const line = connect(options.token, options.apiUrl);
  const call = createCall(line.vk, rate);
  const close = () => {
    rate.stop();
    line.close();
  };
  const community = await findCommunity(call, options.groupId).catch((error: unknown) => {
    close();
    throw error;
  });
  const groupId = community.id;
  const replies = createReplies(call, log);
  const dialogue = createDialogue(options.sessions);
  const turns = createTurns(log);
  const post = createPost(call, options.render, options.now, log);
  /** vk-io's contexts do not carry the id of the event they were made from. */
  const eventId = new AsyncLocalStorage<string>();

  async function seen(id: string): Promise<boolean> {
    try {
      return await options.firstSeen(id);
    } catch (error) {
      log.error({ err: error }, 'an event id could not be noted; the event is taken as new');
      return true;
    }
  }

  /**
   * Two marks an event, «begun» before its turn and «done» after it. An event that comes again is skipped when it was
   * done, and run once more when a crash cut it short: so nothing a person wrote is lost, and an event that itself
   * brings the process down is tried twice and not for ever. The answer's `random_id` is made from the event's id, so
   * VK drops the second copy of an answer that was already sent.
   */
  async function take(raw: unknown): Promise<boolean> {
    const update = readUpdate(raw, groupId);
    if (update === null) {
      log.debug({}, 'an event of another kind');
      return true;
    }
    return turns.run(update.peer, update.chatter, async () => {
      if (!(await seen(`${update.id}:begun`)) && !(await seen(`${update.id}:done`))) return;
      await eventId.run(update.id, () => line.vk.updates.handleWebhookUpdate(update.body));
      await seen(`${update.id}:done`);
    });
  }

  line.vk.updates.use(async (context: Context) => {
    const incoming = receive(context, groupId);
    if (incoming === null) return;
    const event = eventId.getStore() ?? '';
    try {
      await dialogue.with(context, (form) => turn(incoming, event, form));
    } catch (error) {
      const number = randomIdOf(event).toString(36).slice(-4).toUpperCase();
      log.error({ number, event, peer: incoming.peer, err: error }, 'a turn failed');
      if (reachable(incoming)) {
        const text = `Что-то сломалось, номер ${number}. Попробуй ещё раз чуть позже.`;
        await replies.say({ ...incoming, press: null, eventId: `${event}:failed` }, { text });
      }
    }
  });

  async function turn(incoming: Incoming, event: string, form: Turn['form']): Promise<Turn['form']> {
    const { peer, sender, press, callback, ...told } = incoming;
    let acknowledged: Promise<void> | null = null;
    const acknowledge = (snackbar?: string) => {
      if (press !== null) acknowledged ??= replies.acknowledge(peer, sender, press, snackbar);
      return acknowledged;
    };
    const spinner = setTimeout(acknowledge, SPIN_MS);
    let admin: Promise<boolean> | null = null;
    const askAdmin = () => {
      admin ??= told.chat ? isAdmin(call, log, peer, sender) : Promise.resolve(false);
      return admin;
    };
    try {
      const answer = await options.answer({ ...told, peer, sender, form, isAdmin: askAdmin });
      await acknowledge(answer.snackbar);
      if (answer.message !== null && told.event !== 'removed' && told.event !== 'denied') {
        await replies.say({ peer, chat: told.chat, callback, press, eventId: event }, answer.message);
      }
      return answer.form;
    } finally {
      clearTimeout(spinner);
      await acknowledge();
    }
  }

  const listener = createListener({
    call,
    groupId,
    cursor: options.cursor,
    take,
    now: options.now,
    log,
    waitSeconds: options.poll?.waitSeconds ?? WAIT_SECONDS,
  });

  return {
    groupId,
    name: community.name,
    listen() {
      void switchEventsOn(call, log, groupId).then(() => listener.start());
    },
    post,
    async stop() {
      await Promise.all([listener.stop(), turns.stop(STOP_MS)]);
      await Promise.race([listener.settled(), sleep(500)]);
      close();
    },
    health: () => ({ lastPollAt: listener.lastPollAt() }),
  };
}

/** Whom an apology can reach, and who asked for something. */
function reachable(incoming: Incoming): boolean {
  return incoming.addressed && incoming.event !== 'removed' && incoming.event !== 'denied';
}
