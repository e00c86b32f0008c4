/** An address or a file that a person brings: it becomes a timetable, the one this conversation follows, or a question about its groups. */
import type { NotAdded } from '../flows/bring.ts';
import { addCalendar } from '../flows/calendar.ts';
import { addFile } from '../flows/file.ts';
import { choose } from '../flows/follow.ts';
import type { Lead } from '../flows/page.ts';
import type { Owners } from '../flows/recognise.ts';
import { type Context, may, refuse, reply, told, waitingForGroup } from './command.ts';
import { chooseRef } from './commands/choose.ts';
import { group as chooseGroup } from './commands/group.ts';
import { goOn } from './guest.ts';
import type { Answer } from './turn.ts';
import { nearestText } from './which.ts';

/** Where it is read; `title` is the name of a file that was sent, null for an address that was pasted. */
export type From = { readonly url: string; readonly title: string | null };

/** `group` is the group of a table that the person named, '' when they named none. */
export async function bring(from: From, group: string, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  if (!(await may(context))) return refuse(context);
  const added = await add(from, group, context);
  if (!added.ok)
    return 'lead' in added ? follow(added.lead, group, context) : failed(from, group, added.problem, context);
  const { timetable } = added;
  const peer = await choose(world, turn.peer, timetable.id, turn.sender);
  if (peer === null) return reply(t.gone(), waitingForGroup());
  const day = await nearestText(world, t, { id: timetable.id, taste: peer });
  return reply(t.calendarAdded(timetable, { ...added, file: from.title }, day, peer, told(context)));
}

function add({ url, title }: From, group: string, { turn, world }: Context) {
  const by = turn.sender;
  const again = turn.form?.kind === 'table' && turn.form.url === url;
  if (title === null) return addCalendar(world, { url, by, group, again });
  return addFile(world, { file: { url, title }, by, group, again });
}

/** The page that was pasted leads to timetables we know, or to a university we do not. */
async function follow(lead: Lead, group: string, context: Context): Promise<Answer> {
  const { t } = context;
  if (lead.of === 'entry') return chooseRef(lead.id, context);
  if (lead.of === 'stranger') {
    const { source, engine, site, entry } = lead;
    return lead.on
      ? goOn({ kind: 'guest', source, engine, site, entry, group, zone: null }, context)
      : reply(t.strangerSite(lead.engine, new URL(lead.site).host));
  }
  if (lead.of === 'university' || (group !== '' && lead.among.length > 0)) return askWhose(lead, group, context);
  const form = lead.among.length === 0 ? null : waitingForGroup(null, lead.among);
  return reply(t.pageChoices(lead.choices, lead.more), form);
}

/** A university is known, `group` was said or is asked for: it is looked for there alone. */
export async function askWhose({ among, names }: Owners, group: string, context: Context): Promise<Answer> {
  const { turn, t } = context;
  const form = waitingForGroup(null, among);
  if (group !== '')
    return chooseGroup({ kind: 'group', name: group, asked: true }, { ...context, turn: { ...turn, form } });
  return (await may(context)) ? reply(t.whichGroupOf(names), form) : refuse(context);
}

/** A table of several groups is asked about: what was sent is remembered until the next words. */
function failed(from: From, group: string, problem: NotAdded['problem'], { turn, t }: Context): Answer {
  if (problem.kind !== 'unknown-param' || problem.detail !== 'group')
    return { message: t.calendarFailed(problem), form: turn.form };
  return reply(t.whichColumn(problem.suggestions, group), { kind: 'table', ...from });
}
