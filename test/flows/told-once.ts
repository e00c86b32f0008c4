/** A group in which a lesson changes a quarter of an hour before it begins: who is told what, in whatever process that happens. */
import type { Lesson } from '../../src/domain/lesson.ts';
import { changeLessons, horizonAt } from '../../src/flows/change.ts';
import { remind } from '../../src/flows/remind.ts';
import type { World } from '../../src/flows/world.ts';
import { getTimetable, type Store } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { briefs, group, listener, on } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';

/** A Monday. The change is read at this minute. */
export const AFTER = { day: '2026-09-14', clock: '09:46' } as const;

const MINUTE = 60_000;
const room = (name: string): Lesson['place'] => ({ room: name, link: '', format: 'onsite' });
const maths = lesson({ subject: 'Матан', place: room('404'), times: on(AFTER.day, '10:00–11:35') });
const physics = lesson({ subject: 'Физика', times: on(AFTER.day, '14:00–15:35') });

/** Four who wish otherwise; the second has been reminded by now. */
export async function begin(store: Store): Promise<string[]> {
  const stage = await stageAt(AFTER.day, '08:00', { store });
  const { world, clock } = stage;
  await group(world, {
    lessons: [maths, physics],
    peers: [
      listener(101, { changes: true }),
      listener(102, { leads: [15] }),
      listener(103, { leads: [13] }),
      listener(104, { changes: true, quiet: { from: '09:00', to: '09:55' } }),
    ],
  });
  await remind(world);
  clock.move(106 * MINUTE);
  await remind(world);
  return briefs(await stage.deliver());
}

export const REMINDED = ['102 reminder Матан 10:00–11:35'];

/** What all of them are told of the change, by the minute the lesson begins. */
export const TOLD = [
  '101 changes altered Матан 10:00',
  '102 follow-up altered Матан 10:00',
  '103 reminder Матан 10:00–11:35',
  '104 changes altered Матан 10:00',
];

/** The source says another room; what it says a second time is not news. */
export async function readChange(world: World): Promise<void> {
  await world.store.transaction(async (tx) => {
    const timetable = await getTimetable(tx, 1);
    if (timetable === null) throw new Error('no timetable');
    const now = world.now();
    await changeLessons(tx, timetable, [{ ...maths, place: room('510') }, physics], { now, horizon: horizonAt(now) });
  });
}
