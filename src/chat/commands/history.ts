/** «изменения», «что изменилось за неделю»: what was told lately, the latest first; of one's own timetable or another. */
import { viewHistory } from '../../flows/history.ts';
import { type Command, reply } from '../command.ts';
import { pick } from '../which.ts';

/** Whoever looks at another's timetable sees everything. */
const EVERYTHING = { subgroup: '', hidden: [], muted: [], zone: null };

export const history: Command<'history'> = async ({ which, days, page }, context) => {
  const { world, peer, t } = context;
  const found = await pick(which, context, 'изменения');
  if (!('ref' in found)) return found;
  const { ref, about } = found;
  const view = await viewHistory(world, ref.id, days, about === '' ? peer : EVERYTHING);
  return reply(t.historyText(view, { page, about, now: world.now() }));
};
