/** «расписание», «сейчас»: the nearest day that still has lessons. */
import { type Command, reply } from '../command.ts';
import { nearestText, offered, pick, shownWhole } from '../which.ts';

export const nearest: Command<'nearest'> = async ({ which, whole }, context) => {
  const found = await pick(which, context, '');
  if (!('ref' in found)) return found;
  const { ref, about, taste } = shownWhole(found, whole);
  const { world, t } = context;
  return reply(offered(await nearestText(world, t, { id: ref.id, about, taste }), found, t));
};
