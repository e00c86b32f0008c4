/** A file sent to the bot is read as an address is; its words may name the group. */
import { bring } from '../bring.ts';
import { type Command, reply } from '../command.ts';

export const file: Command<'file'> = async ({ group }, context) => {
  const [sent] = context.turn.files;
  return sent === undefined ? reply(context.t.noTable()) : bring(sent, group, context);
};
