/** A calendar's or a table's address: it becomes a timetable like any other, and the one this conversation follows. */
import { bring } from '../bring.ts';
import type { Command } from '../command.ts';

export const calendar: Command<'calendar'> = ({ url, group }, context) => bring({ url, title: null }, group, context);
