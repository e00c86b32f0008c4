/** «расписание», «сейчас»: the nearest day that still has lessons. */
import { type Command, reply } from '../command.ts';
import { nearestText, pick } from '../which.ts';

export const nearest: Command<'nearest'> = async ({ which }, context) => {
  const found = await pick(which, context, '');
  if (!('ref' in found)) return found;
  return reply(await nearestText(context.world, context.t, found.ref.id, found.about));
};
