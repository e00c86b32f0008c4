/** Finds the timetables a person may do something to: their own, by name, by id, or all of them. */
import type { TimetableRef } from '../domain/view.ts';
import { getRef, namedTimetables, ownTimetables } from '../flows/view.ts';
import type { Context } from './command.ts';

/** Timetables that the words name exactly; a bare number is an id, as buttons say it. [] for no words. */
export async function namedExactly(name: string, { turn, world }: Context): Promise<TimetableRef[]> {
  if (name === '') return [];
  if (!/^\d{1,9}$/.test(name)) return namedTimetables(world, name, turn.sender);
  const ref = await getRef(world, Number(name), turn.sender);
  return ref === null ? [] : [ref];
}

/** The one this conversation follows. */
export async function followed({ turn, world, peer }: Context): Promise<TimetableRef | null> {
  return peer.timetableId === null ? null : getRef(world, peer.timetableId, turn.peer);
}

/** What this person made; `kind` narrows it. */
export async function owned({ turn, world }: Context, kind?: TimetableRef['kind']): Promise<TimetableRef[]> {
  const refs = await ownTimetables(world, turn.sender);
  return kind === undefined ? refs : refs.filter((ref) => ref.kind === kind);
}
