/** A group's name, or words that may be one: an exact name is chosen, a near one is asked about, never assumed. */
import { findTimetables } from '../../flows/view.ts';
import { askGroup, type Command, type Context, may, refuse, reply } from '../command.ts';
import { nearestCommands } from '../near.ts';
import type { Answer } from '../turn.ts';
import { looksLikeGroup } from '../understand.ts';
import { NAME_LIMIT } from '../which.ts';
import { chooseRef } from './choose.ts';

const YES = /^(?:да|ага|угу|она|yes)$/iu;

export const group: Command<'group'> = async ({ name, asked }, context) => {
  const { turn, world, t } = context;
  if (name === '') return (await may(context)) ? askGroup(context) : refuse(context);
  // After «Ты про ПИ-21?» a stray word is an answer to nothing; after «Какая группа?» it is a name.
  const waiting = turn.form?.kind === 'group' && turn.form.guess === null;
  if (turn.form?.kind === 'group' && turn.form.guess !== null && YES.test(name)) {
    return chooseRef(turn.form.guess, context);
  }
  if (name.length > NAME_LIMIT) return notUnderstood(name, context);
  const { exact, close } = await findTimetables(world, name, turn.sender);
  const say = (id: number) => `выбрать ${id}`;
  const [only] = exact;
  if (exact.length === 1 && only !== undefined) return chooseRef(only.id, context);
  if (exact.length > 1) return reply(t.several(exact, say), { kind: 'group', guess: null });
  if (close.length > 0) {
    return reply(t.close(close, say), { kind: 'group', guess: close.length === 1 ? (close[0]?.id ?? null) : null });
  }
  if (!asked && !waiting && !looksLikeGroup(name)) return notUnderstood(name, context);
  return reply(t.notFound(name), { kind: 'group', guess: null });
};

function notUnderstood(words: string, { turn, t }: Context): Answer {
  return { message: turn.chat ? t.unknownInChat() : t.unknown(nearestCommands(words)), form: turn.form };
}
