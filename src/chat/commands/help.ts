/** «помощь»: what can be asked and set, in a screen. */
import type { Command } from '../command.ts';

export const help: Command<'help'> = async (_, { turn, t }) => {
  return { message: t.help(turn.chat), form: turn.form };
};
