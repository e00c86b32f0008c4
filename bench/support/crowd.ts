/** The model load: who follows what, and the lessons they are reminded of. */

import type { Instant } from '../../src/domain/calendar.ts';
import { wallOf } from '../../src/domain/calendar.ts';
import { newPeer, type Peer } from '../../src/domain/peer.ts';
import { markLessons } from '../../src/domain/sitting.ts';
import { createTimetable, type Store, savePeer, setRolled, writeOccurrences } from '../../src/store/index.ts';

const MINUTE = 60_000;
const ZONE = 'Europe/Moscow';
const GROUP = 25;
/** One peer in twenty has a calendar of its own. */
const ALONE = 0.05;
/** Of every ten groups four share their lecture, in a stream of four. */
const SHARED = 0.4;
const STREAM = 4;
/** Seven in ten take ten minutes. */
const LEADS = [
  10, 10, 10, 10, 10, 10, 10, 5, 15, 30, 60, 10, 10, 10, 10, 10, 10, 10, 60, 30, 15, 5, 10, 10, 10, 10, 10, 10, 10, 5,
  15, 30, 60, 10, 10, 10, 10, 10, 10, 10,
];

export type Crowd = { readonly timetables: number; readonly leads: ReadonlyMap<number, number> };

/** Peers 1…`count`; every timetable has one lesson at each of `starts`. */
export async function seedCrowd(store: Store, count: number, starts: readonly Instant[]): Promise<Crowd> {
  const alone = Math.floor(count * ALONE);
  const groups = Math.ceil((count - alone) / GROUP);
  const leads = new Map<number, number>();
  let peer = 1;
  let timetables = 0;
  while (peer <= count)
    await store.transaction(async (tx) => {
      for (let n = 0; n < 40 && peer <= count; n += 1, timetables += 1) {
        const own = timetables >= groups;
        const subject = own || timetables % 10 >= SHARED * 10 ? `Предмет ${timetables}` : streamOf(timetables);
        const id = await timetable(tx, `Г-${timetables}`);
        await lessons(tx, id, subject, starts);
        for (let members = own ? 1 : GROUP; members > 0 && peer <= count; members -= 1, peer += 1) {
          const lead = LEADS[peer % LEADS.length] ?? 10;
          leads.set(lead, (leads.get(lead) ?? 0) + 1);
          await savePeer(tx, listener(peer, id, [lead]));
        }
      }
    });
  return { timetables, leads };
}

/** A peer that hears of lessons and of nothing else. */
export function listener(id: number, timetableId: number, leads: readonly number[]): Peer {
  return { ...newPeer(id, 'ru', null), timetableId, leads, firstLead: null, exams: false };
}

export async function timetable(tx: Store['db'], name: string): Promise<number> {
  const { id } = await createTimetable(tx, {
    name,
    university: '',
    zone: ZONE,
    kind: 'feed',
    ownerId: null,
    listed: true,
    term: null,
    bells: [],
    folded: name.toLowerCase(),
    digits: name,
  });
  await setRolled(tx, id, Date.UTC(2100, 0));
  return id;
}

/** Four groups of ten, counted through, are cut into streams of four. */
function streamOf(timetables: number): string {
  const shared = Math.floor(timetables / 10) * SHARED * 10 + (timetables % 10);
  return `Лекция ${Math.floor(shared / STREAM)}`;
}

async function lessons(tx: Store['db'], id: number, subject: string, starts: readonly Instant[]): Promise<void> {
  const rows = starts.map((startsAt) => {
    const endsAt = startsAt + 95 * MINUTE;
    const [from, to] = [wallOf(startsAt, ZONE), wallOf(endsAt, ZONE)];
    const line = {
      day: from.day,
      start: from.clock,
      endDay: to.day,
      end: to.clock,
      allDay: false,
      number: 1,
      subject,
      kind: 'lecture',
      teachers: ['Иванов И. И.'],
      room: '404Л',
      format: 'onsite' as const,
      subgroup: '',
      cancelled: false,
    };
    return { startsAt, endsAt, line };
  });
  await writeOccurrences(tx, id, Math.min(...starts), markLessons(rows));
}
