/** The running dialogue of one person in one conversation, kept by @vk-io/session in our store. */
import { type ISessionContext, SessionManager } from '@vk-io/session';
import { type Context, MessageContext, MessageEventContext } from 'vk-io';
import type { Turn } from '../chat/turn.ts';
import type { Sessions } from './ports.ts';

type Form = Turn['form'];
export type Dialogue = {
  /**
   * Runs `work` with the dialogue's form and keeps the form it returns; null ends the dialogue. When `work` throws,
   * what was kept before stays.
   */
  with(context: Context, work: (form: Form) => Promise<Form>): Promise<void>;
};

/** `peer:sender`. The package's own key is the sender alone: one session for a person's DM and all their chats. */
function sessionKey(context: Context): string {
  if (context instanceof MessageContext) return `${context.peerId}:${context.senderId}`;
  if (context instanceof MessageEventContext) return `${context.peerId}:${context.userId}`;
  throw new TypeError(`no session for ${context.type}`);
}

/**
 * Only messages and presses have a dialogue: other events would all share the key «undefined». The package reads, hands
 * out and writes at the end without a lock, so turns of one peer must run one after another (`turns.ts`).
 */
export function createDialogue(sessions: Sessions): Dialogue {
  const manager = new SessionManager({
    storage: {
      get: (key) => sessions.get(key),
      async set(key, value) {
        // The package puts a function into the value it hands over; JSON leaves it behind.
        const plain: object = JSON.parse(JSON.stringify(value));
        await sessions.set(key, plain);
        return true;
      },
      async delete(key) {
        await sessions.delete(key);
        return true;
      },
      // Called after every unchanged turn; there is nothing to prolong.
      touch: () => Promise.resolve(),
    },
    getStorageKey: sessionKey,
  });
  const { middleware } = manager;
  return {
    async with(context, work) {
      if (!(context instanceof MessageContext || context instanceof MessageEventContext)) {
        await work(null);
        return;
      }
      await middleware(context, async () => {
        const session: ISessionContext = context.session;
        const form = await work((session.form ?? null) as Form);
        // A change deep inside is not noticed by the package: the whole value is replaced, or taken away.
        if (form !== null) session.form = structuredClone(form);
        else if ('form' in session) delete session.form;
      });
    },
  };
}
