/** «подгруппа 2», «все подгруппы»: of lessons held apart only one's own are heard of. */
import { nameOfSubgroup } from '../../domain/hear.ts';
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { choicesOf, settled } from '../settled.ts';

export const subgroup: Command<'subgroup'> = async ({ name }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (peer.timetableId === null) return askGroup(context);
  const { subgroups } = await choicesOf(world, peer);
  const known = subgroups.find((one) => nameOfSubgroup(one) === nameOfSubgroup(name)) ?? '';
  if (name !== '' && known === '') return reply(t.subgroupUnknown(name, subgroups));
  const changed = await wish(world, turn.peer, 'subgroup', { subgroup: known }, turn.sender);
  return settled(context, changed, 'subgroup', t.subgroupSet(known, turn.chat));
};
