/** Disks that fill up: a tiny one where this process may mount, and a database that may not grow. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Store } from '../../src/store/index.ts';

export type TinyDisk = {
  readonly folder: string;
  /** Takes every byte that is left. */
  fill(): void;
  free(): void;
  remount(how: 'ro' | 'rw'): void;
  close(): void;
};

/** 16 MB of memory as a disk; null where mounting is not allowed. */
export function tinyDisk(): TinyDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-disk-'));
  const mount = (...options: string[]) => spawnSync('mount', [...options, folder]).status === 0;
  if (process.platform !== 'linux' || !mount('-t', 'tmpfs', '-o', 'size=16m,mode=0777', 'tmpfs')) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      for (let size = 65_536; size >= 1; ) {
        try {
          // A short write is what a disk gives before it says no.
          if (writeSync(file, Buffer.alloc(size)) < size) size = Math.floor(size / 2);
        } catch {
          size = Math.floor(size / 2);
        }
      }
      closeSync(file);
    },
    free: () => rmSync(ballast),
    remount(how) {
      if (!mount('-o', `remount,${how}`)) throw new Error(`could not be mounted ${how}`);
    },
    close() {
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** From now on a SQLite store may not take a single page more; undone by `grow`. */
export async function stopGrowing({ db }: Store): Promise<void> {
  await sql`pragma max_page_count = 1`.execute(db);
}

export async function grow({ db }: Store): Promise<void> {
  await sql`pragma max_page_count = 1073741823`.execute(db);
}
