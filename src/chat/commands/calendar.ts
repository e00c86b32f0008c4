/** An address: of a page that names a group we know, of a university we know, or of a calendar or a table, which becomes a timetable. */
import { recogniseAddress } from '../../flows/recognise.ts';
import { askWhose, bring } from '../bring.ts';
import type { Command } from '../command.ts';
import { chooseRef } from './choose.ts';

export const calendar: Command<'calendar'> = async ({ url, group }, context) => {
  const place = await recogniseAddress(context.world, url);
  if (place === null) return bring({ url, title: null }, group, context);
  return place.of === 'entry' ? chooseRef(place.id, context) : askWhose(place, group, context);
};
