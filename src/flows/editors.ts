/** Who writes in a timetable besides who made it: appointed and dismissed by its owner or an operator, asked about at every deed. */
import {
  addEditor,
  audit,
  type Db,
  dropEditor,
  getTimetable,
  lockTimetable,
  editorsOf as storedEditors,
  type Timetable,
} from '../store/index.ts';
import type { World } from './world.ts';

/** As many as a group has elders, deputies and teachers who would. */
const MOST = 20;

type Deed = { readonly timetableId: number; readonly person: number; readonly by: number };

export type EditorOutcome = 'appointed' | 'already' | 'too-many' | 'dismissed' | 'none' | 'not-yours' | 'gone';

/** Who made the timetable or brought it, and operators: they alone decide who else writes. */
function owns(world: World, timetable: Timetable, person: number): boolean {
  return timetable.ownerId === person || world.operators.includes(person);
}

/** Whether this person may write for all who follow the timetable. Administering a chat that follows it is no right to it: anybody can make one. */
export async function mayWrite(db: Db, world: World, timetable: Timetable, person: number): Promise<boolean> {
  return owns(world, timetable, person) || (await storedEditors(db, timetable.id)).includes(person);
}

/** Lets this person write in the timetable. */
export function appoint(world: World, deed: Deed): Promise<EditorOutcome> {
  return changed(world, deed, 'appoint', async (tx, timetable) => {
    if (!owns(world, timetable, deed.by)) return 'not-yours';
    const editors = await storedEditors(tx, timetable.id);
    if (owns(world, timetable, deed.person) || editors.includes(deed.person)) return 'already';
    if (editors.length >= MOST) return 'too-many';
    await addEditor(tx, timetable.id, deed.person);
    return 'appointed';
  });
}

/** Takes it back; everybody may give up their own. */
export function dismiss(world: World, deed: Deed): Promise<EditorOutcome> {
  return changed(world, deed, 'dismiss', async (tx, timetable) => {
    if (!owns(world, timetable, deed.by) && deed.person !== deed.by) return 'not-yours';
    return (await dropEditor(tx, timetable.id, deed.person)) ? 'dismissed' : 'none';
  });
}

/** The appointed, for those who write there; null for everybody else. */
export async function listEditors(world: World, timetableId: number, by: number): Promise<readonly number[] | null> {
  const { db } = world.store;
  const timetable = await getTimetable(db, timetableId);
  if (timetable === null || !(await mayWrite(db, world, timetable, by))) return null;
  return storedEditors(db, timetableId);
}

function changed(
  world: World,
  { timetableId, person, by }: Deed,
  what: 'appoint' | 'dismiss',
  change: (tx: Db, timetable: Timetable) => Promise<EditorOutcome>,
): Promise<EditorOutcome> {
  return world.store.transaction(async (tx) => {
    const timetable = await lockTimetable(tx, timetableId);
    if (timetable === null) return 'gone';
    const outcome = await change(tx, timetable);
    if (outcome === 'appointed' || outcome === 'dismissed')
      await audit(tx, { at: world.now(), who: by, what, timetableId, detail: { person } });
    return outcome;
  });
}
