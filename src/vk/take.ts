/** One event from VK: through vk-io, past the marks of what was done, to an answer in the conversation it came from. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Updates } from 'vk-io';
import type { Turn } from '../chat/turn.ts';
import { isAdmin } from './admin.ts';
import type { Call } from './call.ts';
import type { Taken } from './listen.ts';
import type { VkOptions } from './ports.ts';
import { randomIdOf } from './random-id.ts';
import { type Incoming, receive } from './receive.ts';
import type { Replies } from './reply.ts';
import { createDialogue } from './session.ts';
import type { Turns } from './turns.ts';
import { readUpdate } from './update.ts';

type Options = Pick<VkOptions, 'answer' | 'firstSeen' | 'sessions' | 'log'> & {
  readonly groupId: number;
  readonly updates: Updates;
  readonly call: Call;
  readonly replies: Replies;
  readonly turns: Turns;
  /** True once calls to VK are cut. */
  stopped(): boolean;
};

/** A pressed button stops spinning by then, even when the answer takes longer (VK gives it a minute). */
const SPIN_MS = 5000;

/** The answer could not leave because we are stopping. */
class Cut extends Error {}

/**
 * Two marks an event, «begun» before its turn and «done» after it. An event that comes again is skipped when it was
 * done, and run once more when a crash cut it short: so nothing a person wrote is lost, and an event that itself
 * brings the process down is tried twice and not for ever. The answer's `random_id` is made from the event's id, so
 * VK drops the second copy of an answer that was already sent. Talk among people is neither marked nor has a dialogue:
 * a chat that lets the bot hear everything costs the store nothing.
 */
export function createTake(options: Options): (raw: unknown) => Promise<Taken> {
  const { groupId, updates, call, replies, turns, stopped, log } = options;
  const dialogue = createDialogue(options.sessions);
  /** vk-io's contexts do not carry the id of the event they were made from, nor does its handler hand anything back. */
  const current = new AsyncLocalStorage<{ readonly id: string; taken: Taken }>();

  updates.use(async (context: Context) => {
    const incoming = receive(context, groupId);
    const event = current.getStore();
    if (incoming === null || event === undefined) return;
    if (incoming.addressed) event.taken = await marked(event.id, () => addressed(context, incoming, event.id));
    else await turn(incoming, event.id, null).catch((error: unknown) => broken(incoming, event.id, error));
  });

  async function marked(id: string, work: () => Promise<Taken>): Promise<Taken> {
    if (!(await seen(`${id}:begun`)) && !(await seen(`${id}:done`))) return 'done';
    const taken = await work();
    if (taken === 'done') await seen(`${id}:done`);
    return taken;
  }

  async function seen(id: string): Promise<boolean> {
    try {
      return await options.firstSeen(id);
    } catch (error) {
      log.error({ err: error }, 'an event id could not be noted; the event is taken as new');
      return true;
    }
  }

  async function addressed(context: Context, incoming: Incoming, id: string): Promise<Taken> {
    try {
      await dialogue.with(context, (form) => turn(incoming, id, form));
    } catch (error) {
      // Whatever broke while everything was being closed gets its chance at the next start.
      if (stopped()) return 'undone';
      const number = broken(incoming, id, error);
      if (incoming.event !== 'removed' && incoming.event !== 'denied') {
        const text = `Что-то сломалось, номер ${number}. Попробуй ещё раз чуть позже.`;
        await replies.say({ ...incoming, press: null, eventId: `${id}:failed` }, { text });
      }
    }
    return 'done';
  }

  /** The number by which the person and the log speak of the same fault. */
  function broken(incoming: Incoming, id: string, error: unknown): string {
    const number = randomIdOf(id).toString(36).slice(-4).toUpperCase();
    log.error({ number, event: id, peer: incoming.peer, err: error }, 'a turn failed');
    return number;
  }

  /** Throws Cut when the answer did not leave: then the dialogue stays as it was, for the turn comes again. */
  async function turn(incoming: Incoming, id: string, form: Turn['form']): Promise<Turn['form']> {
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
      const answer = await options.answer({ ...told, id, peer, sender, form, isAdmin: askAdmin });
      // A client without callback buttons, or a spinner already stopped, has no snackbar to show: then it is said.
      const shown = press !== null && acknowledged === null;
      await acknowledge(answer.snackbar);
      const message = answer.message ?? (shown || answer.snackbar === undefined ? null : { text: answer.snackbar });
      if (message !== null && told.event !== 'removed' && told.event !== 'denied') {
        await replies.say({ peer, chat: told.chat, callback, press, eventId: id }, message);
        if (stopped()) throw new Cut('stopped before the answer left');
      }
      return answer.form;
    } finally {
      clearTimeout(spinner);
      await acknowledge();
    }
  }

  return async (raw) => {
    const update = readUpdate(raw, groupId);
    if (update === null) {
      log.debug({}, 'an event of another kind');
      return 'nothing';
    }
    const event: { readonly id: string; taken: Taken } = { id: update.id, taken: 'nothing' };
    const ran = await turns.run(update.peer, update.chatter, () =>
      current.run(event, () => updates.handleWebhookUpdate(update.body)),
    );
    return ran ? event.taken : 'undone';
  };
}
