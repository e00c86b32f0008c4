/** A chat that moved to MAX is lost to us: whoever added the bot there is told once, in their own dialogue. */
import { entryOf } from '../domain/notice.ts';
import { type Db, enqueue, getPeer, getTimetable } from '../store/index.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;
/** VK's error 993, «Chat moved to MAX», as the messenger words it. */
const MOVED = /^993\b/;

/** Call in the transaction that puts the peer to sleep, before it does: a chat that sleeps already was told of. */
export async function tellOfMove(tx: Db, world: World, id: number, why: string): Promise<void> {
  if (!MOVED.test(why)) return;
  const chat = await getPeer(tx, id);
  if (chat === null || chat.kind !== 'chat' || chat.asleep !== null || chat.ownerId === null) return;
  const owner = await getPeer(tx, chat.ownerId);
  const followed = chat.timetableId === null ? null : await getTimetable(tx, chat.timetableId);
  const saying = {
    kind: 'moved',
    title: followed?.name ?? null,
    zone: followed?.zone ?? world.zone,
    language: owner?.language ?? chat.language,
  } as const;
  const now = world.now();
  await enqueue(tx, [entryOf({ saying, peers: [chat.ownerId], due: now, deadline: now + DAY })], now);
}
