/** What a command is, and what all of them share: who may, what to ask, how to answer. */

import type { Peer } from '../domain/peer.ts';
import type { OfferId } from '../domain/view.ts';
import { mayManage } from '../flows/follow.ts';
import type { World } from '../flows/world.ts';
import type { Texts } from '../text/index.ts';
import type { Message } from '../text/message.ts';
import type { Form } from './form.ts';
import type { IntentOf, Kind } from './intent.ts';
import { nearestCommands } from './near.ts';
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

/**
 * A short refusal that names who may. To words it is a message; to a press only a line that the presser alone sees, so that
 * ten presses do not become ten messages to everybody.
 */
export function refuse({ turn, t }: Context, day: Message | null = null): Answer {
  if (turn.event === 'press') return { message: null, form: turn.form, snackbar: t.refusedBriefly() };
  return { message: t.refused(day), form: turn.form };
}

/** We asked which group: the next words are its name; `guess` is what «да» would choose, `among` whose groups are meant. */
export function waitingForGroup(guess: OfferId | null = null, among?: readonly string[]): Form {
  return { kind: 'group', guess, asked: true, ...(among === undefined ? {} : { among }) };
}

/** The question which group; the next words of this person are its name. */
export function askGroup({ turn, t }: Context): Answer {
  return reply(t.askGroup(turn.chat), waitingForGroup());
}

/** Nothing understood: near commands in a DM, silence in a chat. */
export function notUnderstood(words: string, { turn, t }: Context): Answer {
  return { message: turn.chat ? null : t.unknown(nearestCommands(words)), form: turn.form };
}

/**
 * Whether this person has been told what is stored: a chat's greeting says it, and so does the first answer in a DM,
 * after which some form is always kept until a timetable is followed.
 */
export function told({ turn, peer }: Context): boolean {
  return turn.chat || peer.timetableId !== null || turn.form !== null;
}
