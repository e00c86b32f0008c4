/** An address or a file that a person brings: it becomes a timetable, the one this conversation follows, or a question about its groups. */
import type { Added, NotAdded } from '../flows/bring.ts';
import { addCalendar } from '../flows/calendar.ts';
import { addFile } from '../flows/file.ts';
import { choose } from '../flows/follow.ts';
import { type Context, may, refuse, reply, told } from './command.ts';
import type { Answer } from './turn.ts';
import { nearestText } from './which.ts';

/** Where it is read; `title` is the name of a file that was sent, null for an address that was pasted. */
export type From = { readonly url: string; readonly title: string | null };

/** `group` is the group of a table that the person named, '' when they named none. */
export async function bring(from: From, group: string, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const added = await add(from, group, context);
  if (!added.ok) return failed(from, group, added.problem, context);
  const { timetable } = added;
  const peer = await choose(world, turn.peer, timetable.id, turn.sender);
  const day = await nearestText(world, t, { id: timetable.id, taste: peer });
  return reply(t.calendarAdded(timetable, { ...added, file: from.title }, day, peer, told(context)));
}

function add({ url, title }: From, group: string, { turn, world }: Context): Promise<Added | NotAdded> {
  const by = turn.sender;
  const again = turn.form?.kind === 'table' && turn.form.url === url;
  if (title === null) return addCalendar(world, { url, by, group, again });
  return addFile(world, { file: { url, title }, by, group, again });
}

/** A table of several groups is asked about: what was sent is remembered until the next words. */
function failed(from: From, group: string, problem: NotAdded['problem'], { turn, t }: Context): Answer {
  if (problem.kind !== 'unknown-param' || problem.detail !== 'group')
    return { message: t.calendarFailed(problem), form: turn.form };
  return reply(t.whichColumn(problem.suggestions, group), { kind: 'table', ...from });
}
