/** The inside of the planner's thread: reads the database of one moment, and hands out what falls due in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { entryOf } from '../domain/notice.ts';
import { keepEntry, openReader } from '../store/index.ts';
import { nextPiece, type Planning } from './due.ts';
import type { FromThread, ReadyPiece, ToThread } from './planner.ts';

/** Entries handed out at a time: as many as one transaction writes in a few milliseconds. */
const AT_ONCE = 250;
/** So many times handed out and not taken yet: enough that nobody waits, and little to keep. */
const AHEAD = 4;

if (parentPort === null) throw new Error('the planner is a thread');
const port = parentPort;
const { file }: { readonly file: string } = workerData;
const reader = openReader(file);
let untaken = 0;
let taken: () => void = () => undefined;

function say(message: FromThread): void {
  port.postMessage(message);
}

async function hand(pieces: readonly ReadyPiece[]): Promise<void> {
  if (pieces.length === 0) return;
  say({ pieces });
  untaken += 1;
  while (untaken >= AHEAD)
    await new Promise<void>((resolve) => {
      taken = resolve;
    });
}

async function plan(planning: Planning): Promise<void> {
  await reader.within(async (db) => {
    let pieces: ReadyPiece[] = [];
    let entries = 0;
    for (;;) {
      const piece = await nextPiece(db, planning);
      if (piece === null) break;
      const { notices, timetables, again } = piece;
      // One that found nothing is handed out too: by the time it is written there may be something to say.
      if (notices.length === 0 && timetables.length === 0) continue;
      pieces.push({ entries: notices.map((notice) => keepEntry(entryOf(notice))), timetables, again });
      entries += Math.max(1, notices.length);
      if (entries < AT_ONCE) continue;
      await hand(pieces);
      [pieces, entries] = [[], 0];
    }
    await hand(pieces);
  });
}

port.on('message', (message: ToThread) => {
  if (message === 'taken') {
    untaken -= 1;
    taken();
    return;
  }
  untaken = 0;
  plan(message.planning).then(
    () => say('done'),
    (error: unknown) => say({ failed: String(error) }),
  );
});
