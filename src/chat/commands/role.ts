/** «я родитель», «я преподаватель Иванов»: what is sent from the start follows; nobody proves it, and nothing more may be done by it. */
import { inRole } from '../../domain/peer.ts';
import { wish } from '../../flows/follow.ts';
import { type Command, may, refuse, reply, waitingForGroup } from '../command.ts';
import { group } from './group.ts';

export const role: Command<'role'> = async ({ role, name }, context) => {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const peer = await wish(world, turn.peer, 'role', (now) => inRole(now, role), turn.sender);
  const isTeacher = role === 'teacher';
  if (name !== '')
    return group({ kind: 'group', name, asked: true, ...(isTeacher ? { sort: 'teacher' } : {}) }, { ...context, peer });
  if (peer.timetableId === null)
    return reply(t.askWhose(role, turn.chat), { ...waitingForGroup(), ...(isTeacher ? { sort: 'teacher' } : {}) });
  return reply(t.roleSet(peer, turn.chat));
};
