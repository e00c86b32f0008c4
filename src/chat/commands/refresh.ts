/** «обновить»: reads the source now. */
import { refreshNow } from '../../flows/calendar.ts';
import { type Command, reply } from '../command.ts';
import { pick } from '../which.ts';

export const refresh: Command<'refresh'> = async (_, context) => {
  const found = await pick({ of: 'own' }, context, '');
  if (!('ref' in found)) return found;
  return reply(context.t.refreshed(await refreshNow(context.world, found.ref.id, context.turn.sender)));
};
