/** What a command is, and what all of them share: who may, what to ask, how to answer. */

import type { Peer } from '../domain/peer.ts';
import { mayManage } from '../flows/follow.ts';
import type { World } from '../flows/world.ts';
import type { Texts } from '../text/index.ts';
import type { Message } from '../text/message.ts';
import type { IntentOf, Kind } from './intent.ts';
import type { Form } from './lesson-form.ts';
import type { Answer, Turn } from './turn.ts';

export type Context = {
  readonly turn: Turn;
  readonly world: World;
  readonly peer: Peer;
  readonly t: Texts;
};

/** Answers one intent. */
export type Command<K extends Kind> = (intent: IntentOf<K>, context: Context) => Promise<Answer>;

/** A message, and the dialogue that runs after it (none unless given). */
export function reply(message: Message, form: Form | null = null): Answer {
  return { message, form };
}

/** Whether this person may change what this conversation hears. */
export function may({ turn, peer }: Context): Promise<boolean> {
  return mayManage(peer, turn.sender, () => turn.isAdmin());
}

/** A short refusal that names who may; only the one who pressed need see it where VK can show it so. */
export function refuse({ turn, t }: Context): Answer {
  const message = t.refused();
  return turn.event === 'press' ? { message, form: turn.form, snackbar: message.text } : { message, form: turn.form };
}

/** The question which group; the next words of this person are its name. */
export function askGroup({ turn, t }: Context): Answer {
  return reply(t.askGroup(turn.chat), { kind: 'group', guess: null });
}

/** Whether this person has been told what is stored: a chat's greeting says it, and so does the question that came before. */
export function told({ turn, peer }: Context): boolean {
  return turn.chat || peer.timetableId !== null || turn.form?.kind === 'group';
}
