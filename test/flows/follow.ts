/** Somebody follows a timetable. */
import { choose, openPeer } from '../../src/flows/follow.ts';
import type { World } from '../../src/flows/world.ts';

export async function follow(world: World, timetableId: number, peer = 1): Promise<void> {
  await openPeer(world, peer);
  await choose(world, peer, timetableId, peer);
}
