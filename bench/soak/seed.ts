/** What the soak's listeners are owed: groups whose lessons have a subject each, reminded of a day before they begin. */
import { wallOf } from '../../src/domain/calendar.ts';
import { markLessons } from '../../src/domain/sitting.ts';
import { CURSOR } from '../../src/flows/ready.ts';
import { openStore, savePeer, setState, writeOccurrences } from '../../src/store/index.ts';
import { listener, timetable } from '../support/crowd.ts';

const MINUTE = 60_000;
const DAY_LEAD = 1440;
const ZONE = 'Europe/Moscow';
const IN_GROUP = 3;

/** `past` minutes are due at once, as after a sleep; `future` ones come due while the soak runs. */
export type Load = { readonly groups: number; readonly past: number; readonly future: number };
/** Peers of the same index follow the same group; `subjects` are what each of its peers is owed, once each. */
export type Owed = { readonly peers: readonly number[]; readonly subjects: readonly string[] };

/** Fills a new database. A reminder a day ahead is worth sending for three hours, so nothing owed dies while it is being killed. */
export async function seed(url: string, { groups, past, future }: Load, now: number): Promise<Owed[]> {
  const store = await openStore(url);
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const dues = Array.from({ length: past + future }, (_, n) => minute + (n - past + 1) * MINUTE);
  const owed: Owed[] = [];
  while (owed.length < groups)
    await store.transaction(async (tx) => {
      for (let n = 0; n < 20 && owed.length < groups; n += 1) {
        const group = owed.length;
        const id = await timetable(tx, `Г-${group}`);
        const subjects = dues.map((_, index) => `Предмет ${group}–${index}.`);
        const rows = dues.map((due, index) => lessonAt(due + DAY_LEAD * MINUTE, subjects[index] ?? ''));
        await writeOccurrences(tx, id, minute, markLessons(rows));
        const peers = Array.from({ length: IN_GROUP }, (_, index) => 1001 + group * IN_GROUP + index);
        for (const peer of peers) await savePeer(tx, listener(peer, id, [DAY_LEAD]));
        owed.push({ peers, subjects });
      }
    });
  await setState(store.db, CURSOR, String(minute - past * MINUTE));
  await store.close();
  return owed;
}

function lessonAt(startsAt: number, subject: string) {
  const endsAt = startsAt + 95 * MINUTE;
  const [from, to] = [wallOf(startsAt, ZONE), wallOf(endsAt, ZONE)];
  const line = {
    ...{ day: from.day, start: from.clock, endDay: to.day, end: to.clock, allDay: false, number: null, subject },
    ...{ kind: 'lecture', teachers: [], room: '404Л', format: 'onsite' as const, subgroup: '', cancelled: false },
  };
  return { startsAt, endsAt, line };
}
