/** «к первой паре за 40 минут», «к первой паре не напоминать»: a reminder of the first lesson of the day. */
import { wish } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { settled, topicOf } from '../settled.ts';

const LONGEST = 1440;

export const first: Command<'first'> = async ({ lead }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (lead === 'unclear' || (typeof lead === 'number' && (lead < 1 || lead > LONGEST))) return reply(t.firstBad());
  if (peer.timetableId === null && lead !== null) return askGroup(context);
  if (lead === undefined) return reply(await topicOf(context, peer, 'reminders'));
  const changed = await wish(world, turn.peer, 'first', { firstLead: lead }, turn.sender);
  return settled(context, changed, 'reminders', t.firstSet(lead, turn.chat));
};
