/** «напоминать за 15 и 1 минуту», «не напоминать». */
import { setLeads } from '../../flows/follow.ts';
import { askGroup, type Command, may, refuse, reply } from '../command.ts';
import { settled, topicOf } from '../settled.ts';

const LONGEST = 1440;
const MOST = 4;

export const leads: Command<'leads'> = async ({ leads }, context) => {
  const { turn, world, peer, t } = context;
  if (!(await may(context))) return refuse(context);
  if (leads === 'unclear') return reply(t.leadsBad());
  if (peer.timetableId === null && leads?.length !== 0) return askGroup(context);
  if (leads === null) return reply(await topicOf(context, peer, 'reminders'));
  if (leads.length > MOST || leads.some((minutes) => minutes < 1 || minutes > LONGEST)) return reply(t.leadsBad());
  const changed = await setLeads(world, turn.peer, leads, turn.sender);
  return settled(context, changed, 'reminders', t.leadsSet(changed.leads, turn.chat));
};
