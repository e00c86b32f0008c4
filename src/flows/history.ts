/** What was told of a timetable in the last days, as one reader sees it. */
import { wallOf } from '../domain/calendar.ts';
import { lastDay } from '../domain/compare.ts';
import { historyFor, type Reader } from '../domain/history.ts';
import type { HistoryView } from '../domain/view.ts';
import { getTimetable, lessonsOf, toldOf } from '../store/index.ts';
import { TimetableGone } from './gone.ts';
import { refOf } from './view.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;
/** Changes that are looked at: more than a term that was planned anew, less than a read takes long. */
const MOST = 1_500;

/** The changes of the last `days` days (at most 14 are kept). Throws when the timetable is gone: callers hold an id they have just read. */
export async function viewHistory(world: World, id: number, days: number, reader: Reader): Promise<HistoryView> {
  const { db } = world.store;
  const timetable = await getTimetable(db, id);
  if (timetable === null) throw new TimetableGone(id);
  const now = world.now();
  const told = await toldOf(db, id, now - days * DAY, MOST);
  const lessons = told.length === 0 ? [] : await lessonsOf(db, id);
  const facts = {
    zone: timetable.zone,
    week1: timetable.term?.week1 ?? null,
    last: lastDay([{ lessons, calendar: timetable }]),
  };
  const zone = reader.zone ?? timetable.zone;
  return {
    timetable: await refOf(db, timetable),
    days,
    zone,
    today: wallOf(now, zone).day,
    ...historyFor(reader, told, facts),
  };
}
