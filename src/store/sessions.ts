/** Running dialogues, kept until they expire. */
import type { Instant } from '../domain/calendar.ts';
import { parse } from './json.ts';
import type { Db } from './schema.ts';

/** The value as it was written, null when there is none or it has expired. */
export async function readSession(db: Db, key: string, now: Instant): Promise<object | null> {
  const row = await db
    .selectFrom('session')
    .select('value')
    .where('key', '=', key)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined ? null : parse<object>(row.value);
}

/** Replaces the whole value. `key` is `PEER:SENDER`: by its first number a forgotten peer's dialogues are found. */
export async function writeSession(db: Db, key: string, value: object, expiresAt: Instant): Promise<void> {
  const row = { peer_id: peerOf(key), value: JSON.stringify(value), expires_at: expiresAt };
  await db
    .insertInto('session')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}

export async function dropSession(db: Db, key: string): Promise<void> {
  await db.deleteFrom('session').where('key', '=', key).execute();
}

/** Every dialogue in this conversation, whoever led it. */
export async function dropSessionsOf(db: Db, peerId: number): Promise<void> {
  await db.deleteFrom('session').where('peer_id', '=', peerId).execute();
}

function peerOf(key: string): number | null {
  const digits = /^\d{1,15}(?=:|$)/.exec(key)?.[0];
  return digits === undefined ? null : Number(digits);
}
