/** Copies of a SQLite store: made while the bot writes, put in place whole or not at all, and put back. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Instant } from '../domain/calendar.ts';
import { RETRY_FOR } from './claim.ts';
import { StoreError, storeError, translate } from './errors.ts';
import { whose } from './ours.ts';
import { STATE } from './outbox.ts';
import { takeLock } from './sqlite.ts';

/** What was due this long before a restore is looked at again; VK drops what it has had within the hour by its `random_id`. */
const LOOK_BACK = 15 * 60_000;

/**
 * Writes a copy of the store at `path` to `file`, as it is at one moment, while others may write; a file that is there is replaced.
 * @returns its size in bytes
 * @throws StoreError; `file` is then as it was
 */
export function backUp(path: string, file: string): number {
  if (isSame(path, file)) throw new StoreError('misplaced', `${file}: это сама база, а не место для копии.`);
  refuseFolder(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new StoreError('misplaced', `${dirname(file)}: сюда копию не положить. Проверь путь и права.`, error);
  }
  const part = `${file}.part`;
  try {
    copyWhole(path, part);
    renameSync(part, file);
    flush(dirname(file));
    return statSync(file).size;
  } catch (error) {
    rmSync(part, { force: true });
    const known = translate(error, path);
    // Of the base it is only read.
    if (known instanceof StoreError && known.kind === 'full')
      throw new StoreError('full', `${file}: на диске кончилось место, копия не поместилась.`, error);
    throw known;
  }
}

/** Throws StoreError unless `file` is a store of this version or one before, and whole. Reads only. */
export function checkCopy(file: string): void {
  if (!existsSync(file)) throw new StoreError('unreachable', `${file}: такого файла нет.`);
  refuseFolder(file);
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const owner = whose(database, file);
      if (owner === 'empty') throw storeError('foreign', file);
      if (owner instanceof StoreError) throw owner;
      if (database.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw storeError('corrupt', file);
    } finally {
      database.close();
    }
  } catch (error) {
    const known = translate(error, file);
    // The usual advice is to take a copy: this is one.
    if (known instanceof StoreError && known.kind === 'corrupt')
      throw new StoreError('corrupt', `${file}: База повреждена. Возьми другую копию.`, error);
    throw known;
  }
}

/**
 * Puts a copy in the place of the store at `path`; the one that was there is kept aside. Whatever happens in between, one of the two is
 * in place. What the copy says waits was sent by then, most of it: it is tried again only as long as VK knows it again.
 * @param aside where the replaced file goes
 * @returns whether there was one
 * @throws StoreError: `locked` while a bot works with it, or what is wrong with the copy; all is then as it was
 */
export function putBack(path: string, file: string, aside: string, now: Instant): boolean {
  const fresh = `${path}.restoring`;
  mkdirSync(dirname(path), { recursive: true });
  if (isSame(path, file)) throw new StoreError('misplaced', `${file}: это сама база, а не копия.`);
  const unlock = takeLock(path);
  try {
    checkCopy(file);
    copyWhole(file, fresh);
    dropSaid(fresh, now);
    const replaced = existsSync(path);
    setAside(path, aside, replaced);
    renameSync(fresh, path);
    flush(dirname(path));
    return replaced;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw translate(error, path);
  } finally {
    unlock();
  }
}

/** A consistent copy of one moment, checked and on the disk. VACUUM INTO holds one reading, so a busy writer cannot start it over. */
function copyWhole(from: string, to: string): void {
  if (!existsSync(from)) throw new StoreError('unreachable', `${from}: такой базы нет.`);
  rmSync(to, { force: true });
  const database = new Database(from, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    database.prepare('vacuum into ?').run(to);
  } finally {
    database.close();
  }
  checkCopy(to);
  flush(to);
}

/** An earlier moment comes back: nothing may be said again that VK no longer knows to be a repetition. */
function dropSaid(file: string, now: Instant): void {
  const database = new Database(file);
  try {
    const moment = Number(database.prepare("select value from state where key = 'tick'").pluck().get() ?? now);
    const open = `state in (${STATE.waiting}, ${STATE.leased})`;
    database
      .prepare(
        `update outbox set first_try_at = coalesce(first_try_at, @moment), dies_at = min(dies_at, @moment + @retry) where ${open}`,
      )
      .run({ moment, retry: RETRY_FOR });
    database
      .prepare("update state set value = @from where key = 'tick' and cast(value as integer) < @from")
      .run({ from: String(now - LOOK_BACK) });
  } finally {
    database.close();
  }
  flush(file);
}

/** The file under another name too, while it is still in its place; what its log holds goes into it first, where it can be read. */
function setAside(path: string, aside: string, isThere: boolean): void {
  if (isThere) foldLog(path);
  // A log that stayed must not be taken for the new file's.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  if (!isThere) return;
  try {
    linkSync(path, aside);
  } catch {
    // A disk without hard links.
    copyFileSync(path, aside);
    flush(aside);
  }
}

function foldLog(path: string): void {
  try {
    const database = new Database(path);
    database.pragma('wal_checkpoint(truncate)');
    database.close();
  } catch {
    // It is broken, which may be why it is replaced: it is kept as it is.
  }
}

function refuseFolder(file: string): void {
  if (existsSync(file) && !statSync(file).isFile())
    throw new StoreError('misplaced', `${file}: нужен файл, а это не файл.`);
}

function isSame(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);
}

/** A file's bytes, or a folder's names, are on the disk when this returns. */
function flush(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
