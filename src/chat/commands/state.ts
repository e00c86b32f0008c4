/** «состояние»: how the bot does, for those who run it; to anybody else, and in a chat, it is no command. */
import { lookAtBot } from '../../flows/state.ts';
import { type Command, notUnderstood, reply } from '../command.ts';

export const state: Command<'state'> = async (_intent, context) => {
  const { turn, world, t } = context;
  const found = turn.chat ? 'not-operator' : await lookAtBot(world, turn.sender);
  if (found === 'not-operator') return notUnderstood(turn.text, context);
  return reply(t.botState(found), turn.form);
};
