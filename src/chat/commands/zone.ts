/** «мой часовой пояс Омск», «часовой пояс университета»: by whose clocks times are told, and digests and quiet hours counted. */
import { wish } from '../../flows/follow.ts';
import { type Command, may, refuse, reply } from '../command.ts';
import { settled } from '../settled.ts';

export const zone: Command<'zone'> = async ({ zone, said }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  if (zone === undefined) return reply(t.zoneUnknown(said));
  const changed = await wish(world, turn.peer, 'zone', { zone }, turn.sender);
  return settled(context, changed, 'zone', t.zoneSet(zone, turn.chat));
};
