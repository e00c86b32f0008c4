/** The prints of the days of a timetable's lessons, as its source gave them: one row, written with the lessons and never without them. */
import type { Prints } from '../domain/prints.ts';
import { type Given, once } from './once.ts';
import type { Db } from './schema.ts';

type Whose = { id: number };

const ofTimetable = once((db, given: Given<Whose>) =>
  db.selectFrom('printed').select('prints').where('timetable_id', '=', given('id')),
);
const save = once((db, given: Given<Whose & { prints: string }>) =>
  db
    .insertInto('printed')
    .values({ timetable_id: given('id'), prints: given('prints') })
    .onConflict((conflict) => conflict.column('timetable_id').doUpdateSet({ prints: given('prints') })),
);
const drop = once((db, given: Given<Whose>) => db.deleteFrom('printed').where('timetable_id', '=', given('id')));

/** Every day that has lessons is among them; none at all where nothing is known. */
export async function storedPrints(db: Db, timetableId: number): Promise<Prints> {
  const [row] = (await ofTimetable(db, { id: timetableId })).rows;
  return row === undefined ? [] : row.prints.split(' ');
}

/** Call where the lessons are written, in the same transaction. */
export async function savePrints(db: Db, timetableId: number, prints: Prints): Promise<void> {
  if (prints.length === 0) await drop(db, { id: timetableId });
  else await save(db, { id: timetableId, prints: prints.join(' ') });
}
