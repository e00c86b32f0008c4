/** A site of a known engine that is no university of ours: its group and its clocks are asked for, then it is tried. */
import { choose } from '../flows/follow.ts';
import { tryGuest } from '../flows/guest.ts';
import { type Context, may, refuse, reply, told, waitingForGroup } from './command.ts';
import type { GuestForm } from './form.ts';
import type { Intent } from './intent.ts';
import type { Answer } from './turn.ts';
import { nearestText } from './which.ts';
import { zoneSaid } from './zone-words.ts';

/** What the words answer; null when they are about something else. */
export function answerGuest(form: GuestForm, intent: Intent, context: Context): Promise<Answer> | null {
  // The buttons with cities may be pressed late, by who has thought better of it.
  if (isGroupWanted(form) && intent.kind !== 'clocks') {
    const name = intent.kind === 'group' || intent.kind === 'column' ? intent.name : '';
    return name === '' ? null : goOn({ ...form, group: name }, context);
  }
  const said =
    intent.kind === 'zone' ? intent.said : intent.kind === 'clocks' || intent.kind === 'group' ? intent.name : null;
  if (said === null) return null;
  const zone = zoneSaid(said);
  if (zone !== null) return goOn({ ...form, zone }, context);
  // Another object: a form that stays the same is a question that was not answered.
  return Promise.resolve(reply(context.t.guestZoneUnknown(said), { ...form }));
}

/** Asks for what is not known yet, or tries. */
export async function goOn(form: GuestForm, context: Context): Promise<Answer> {
  const { world, turn, t } = context;
  if (!(await may(context))) return refuse(context);
  const { engine, site, group, zone } = form;
  const { host } = new URL(site);
  if (isGroupWanted(form)) return reply(t.guestGroup(engine, host), form);
  if (zone === null) return reply(t.guestZone(engine, host, world.zone), form);
  const added = await tryGuest(world, form, { group, zone, by: turn.sender });
  if (added.ok) {
    const { timetable } = added;
    const peer = await choose(world, turn.peer, timetable.id, turn.sender);
    if (peer === null) return reply(t.gone(), waitingForGroup());
    const day = await nearestText(world, t, { id: timetable.id, taste: peer });
    return reply(t.calendarAdded(timetable, { ...added, file: null }, day, peer, told(context)));
  }
  const { problem } = added;
  if (problem.kind === 'too-often') return { message: t.calendarFailed(problem), form };
  if (problem.kind !== 'unknown-param') return reply(t.guestFailed(problem, engine, host));
  return reply(t.guestUnknown(problem.suggestions, group, host), { ...form, entry: null, group: '' });
}

function isGroupWanted({ entry, group }: GuestForm): boolean {
  return entry === null && group === '';
}
