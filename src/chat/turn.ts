/** One thing that happened in a conversation, with no VK in it, and what we answer. */
import type { Message } from '../text/message.ts';
import type { Form } from './form.ts';

export type Turn = {
  /** Id of the event behind this turn: the same when the turn runs again after a crash, so a command can tell that it was done. */
  readonly id: string;
  /** Conversation id: the user's own in a DM, ≥ 2000000000 in a chat. */
  readonly peer: number;
  /** Who spoke or pressed. */
  readonly sender: number;
  readonly chat: boolean;
  readonly event:
    | 'message'
    /** A button was pressed: `text` is its `say`. */
    | 'press'
    /** The bot was added to the chat by `sender`. */
    | 'invited'
    /** The bot was removed from the chat. */
    | 'removed'
    /** The person allowed or forbade messages. */
    | 'allowed'
    | 'denied';
  /** Words without the bot's mention and without a leading «/»; '' for service events. */
  readonly text: string;
  /** Documents that came with the message, as VK names them; `url` is where VK keeps one. */
  readonly files: readonly { readonly title: string; readonly url: string }[];
  /** True when meant for the bot: any DM, a press, a mention, a «/» command, a reply to the bot's message. In a chat everything else gets silence. */
  readonly addressed: boolean;
  /** `ref` of a vk.me link, '' when none. */
  readonly ref: string;
  /** Asks VK whether the sender administers this chat; false in a DM or when VK will not say. */
  isAdmin(): Promise<boolean>;
  /** The running dialogue of this (peer, sender), null when none. */
  readonly form: Form | null;
};

/** `message: null` is silence. `form` replaces the running dialogue (null ends it). `snackbar` is the short answer to a press. */
export type Answer = { readonly message: Message | null; readonly form: Form | null; readonly snackbar?: string };
