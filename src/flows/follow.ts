/** What a person or a chat wants to hear: choosing a timetable, lead times, digests, silence, and being forgotten. */
import type { Clock } from '../domain/calendar.ts';
import { newPeer, type Peer } from '../domain/peer.ts';
import { audit, type Db, deletePeer, getPeer, savePeer } from '../store/index.ts';
import type { World } from './world.ts';

/** Loads the peer or makes it; whoever speaks to us again is awake again. `invitedBy` names who added the bot to a chat. */
export async function openPeer(world: World, id: number, invitedBy: number | null = null): Promise<Peer> {
  const known = await getPeer(world.store.db, id);
  const owner = invitedBy ?? known?.ownerId ?? null;
  if (known !== null && known.asleep === null && known.ownerId === owner) return known;
  return world.store.transaction(async (tx) => {
    const peer = { ...((await getPeer(tx, id)) ?? newPeer(id, 'ru', owner)), ownerId: owner, asleep: null };
    await savePeer(tx, peer);
    return peer;
  });
}

/** Follows a timetable instead of the one followed before. */
export function choose(world: World, id: number, timetableId: number, by: number): Promise<Peer> {
  return change(world, id, by, 'choose', { timetableId });
}

/** Minutes before each lesson, e.g. [15, 1]; [] switches reminders off. */
export function setLeads(world: World, id: number, leads: readonly number[], by: number): Promise<Peer> {
  return change(world, id, by, 'leads', { leads: [...new Set(leads)].sort((a, b) => b - a) });
}

/** When tomorrow's lessons are sent, in the timetable's zone; null switches the digest off. */
export function setEvening(world: World, id: number, evening: Clock | null, by: number): Promise<Peer> {
  return change(world, id, by, 'evening', { evening });
}

/** Whether change notices are wanted. */
export function setChanges(world: World, id: number, changes: boolean, by: number): Promise<Peer> {
  return change(world, id, by, 'changes', { changes });
}

/** Silence: nothing is sent by itself any more; the timetable stays chosen, so questions are still answered. */
export async function stop(world: World, id: number, by: number): Promise<void> {
  await change(world, id, by, 'stop', { leads: [], evening: null, changes: false });
}

/** Deletes everything kept about this peer. */
export async function forget(world: World, id: number, by: number): Promise<void> {
  await world.store.transaction(async (tx) => {
    await deletePeer(tx, id);
    await audit(tx, { at: world.now(), who: by, what: 'forget', timetableId: null, detail: {} });
  });
}

/** The peer can't or doesn't want to be written to; it wakes by writing or inviting again. */
export async function putToSleep(world: World, id: number, why: string): Promise<void> {
  await world.store.transaction(async (tx) => {
    const peer = await getPeer(tx, id);
    if (peer !== null) await savePeer(tx, { ...peer, asleep: why });
  });
}

/** Settings belong to the person in a DM; in a chat to whoever added the bot and to the chat's admins. */
export async function mayManage(peer: Peer, sender: number, isAdmin: () => Promise<boolean>): Promise<boolean> {
  if (peer.kind === 'dm') return peer.id === sender;
  return peer.ownerId === sender || (await isAdmin());
}

function change(world: World, id: number, by: number, what: string, patch: Partial<Peer>): Promise<Peer> {
  return world.store.transaction((tx) => changePeer(tx, { id, by, what, patch, at: world.now() }));
}

/** Changes a peer inside a transaction that is already open. */
export async function changePeer(
  tx: Db,
  { id, by, what, patch, at }: { id: number; by: number; what: string; patch: Partial<Peer>; at: number },
): Promise<Peer> {
  const peer = { ...((await getPeer(tx, id)) ?? newPeer(id, 'ru', null)), ...patch };
  await savePeer(tx, peer);
  await audit(tx, { at, who: by, what, timetableId: peer.timetableId, detail: { peer: id, ...patch } });
  return peer;
}
