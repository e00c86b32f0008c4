/** Who changed what, and when. */
import type { Instant } from '../domain/calendar.ts';
import { canonical, parse } from './json.ts';
import type { Db } from './schema.ts';

type AuditEntry = {
  readonly at: Instant;
  /** User id; 0 for the program itself. */
  readonly who: number;
  /** A short word, e.g. 'timetable-created'. */
  readonly what: string;
  readonly timetableId: number | null;
  readonly detail: object;
};

export async function audit(db: Db, entry: AuditEntry): Promise<void> {
  const { at, who, what, timetableId, detail } = entry;
  await db
    .insertInto('audit')
    .values({ at, who, what, timetable_id: timetableId, detail: canonical(detail) })
    .execute();
}

/** The newest entries of one timetable, newest first. */
export async function auditOf(db: Db, timetableId: number, limit: number): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('timetable_id', '=', timetableId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.at,
    who: row.who,
    what: row.what,
    timetableId,
    detail: parse<object>(row.detail),
  }));
}

/** Takes a person's number out of the audit: what was done stays, by whom and to whom does not. */
export async function forgetAuthor(db: Db, who: number): Promise<void> {
  const named = canonical({ person: who });
  await db.updateTable('audit').set({ detail: '{}' }).where('detail', '=', named).execute();
  await db.updateTable('audit').set({ who: 0 }).where('who', '=', who).execute();
}
