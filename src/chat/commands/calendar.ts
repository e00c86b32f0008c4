/** An address: of a page that names a group we know, of a university we know, or of a calendar or a table, which becomes a timetable. */
import { recogniseAddress } from '../../flows/recognise.ts';
import { bring } from '../bring.ts';
import { type Command, may, refuse, reply, waitingForGroup } from '../command.ts';
import { chooseRef } from './choose.ts';
import { group as chooseGroup } from './group.ts';

export const calendar: Command<'calendar'> = async ({ url, group }, context) => {
  const { turn, world, t } = context;
  const place = await recogniseAddress(world, url);
  if (place === null) return bring({ url, title: null }, group, context);
  if (place.of === 'entry') return chooseRef(place.id, context);
  const { among, names } = place;
  const form = waitingForGroup(null, among);
  if (group !== '')
    return chooseGroup({ kind: 'group', name: group, asked: true }, { ...context, turn: { ...turn, form } });
  return (await may(context)) ? reply(t.whichGroupOf(names), form) : refuse(context);
};
