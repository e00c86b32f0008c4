/** What a person or a chat wants to hear: choosing a timetable, lead times, digests, silence, and being forgotten. */
import { inRole, newPeer, type Peer, peerKind, SILENCE } from '../domain/peer.ts';
import {
  audit,
  type Db,
  deletePeer,
  deleteTimetable,
  disown,
  dropFromWaiting,
  dropHeld,
  forgetAuthor,
  forgetEditor,
  getPeer,
  isFollowed,
  listOwned,
  lockTimetable,
  savePeer,
  takePeers,
} from '../store/index.ts';
import { heedWishes } from './heed.ts';
import { tellOfMove } from './moved.ts';
import { hurry } from './pace.ts';
import type { World } from './world.ts';

type Patch = Partial<Peer> | ((peer: Peer) => Partial<Peer>);

/** Loads the peer or makes it; whoever speaks to us again is awake again. `invitedBy` names who added the bot to a chat. */
export async function openPeer(world: World, id: number, invitedBy: number | null = null): Promise<Peer> {
  const known = await getPeer(world.store.db, id);
  const owner = invitedBy ?? known?.ownerId ?? null;
  if (known !== null && known.asleep === null && known.ownerId === owner) return known;
  return world.store.transaction(async (tx) => {
    const [now = newPeer(id, 'ru', owner)] = await takePeers(tx, [id]);
    const peer = { ...now, ownerId: owner, asleep: null };
    await savePeer(tx, peer);
    return peer;
  });
}

/**
 * Follows a timetable instead of the one followed before, whose messages not sent yet are taken back. Who follows a teacher's in
 * a dialogue and has set nothing yet is taken for the teacher. Null when there is no such timetable any more.
 */
export async function choose(world: World, id: number, timetableId: number, by: number): Promise<Peer | null> {
  const peer = await world.store.transaction(async (tx) => {
    // Before the peer, as whoever deletes it takes both: one of the two comes first, and the other sees it.
    const timetable = await lockTimetable(tx, timetableId);
    if (timetable === null) return null;
    const isTeachers = timetable.category === 'teacher';
    const patch = (now: Peer) => ({ timetableId, ...(isTeachers && now.role === 'student' ? asTeacher(now) : {}) });
    return changePeer(tx, { id, by, what: 'choose', patch, at: world.now() });
  });
  if (peer !== null) await hurry(world, timetableId);
  return peer;
}

function asTeacher(now: Peer): Partial<Peer> {
  const becomes = inRole(now, 'teacher');
  return now.kind === 'dm' && 'changes' in becomes ? becomes : {};
}

/** Minutes before each lesson, e.g. [15, 1]; [] switches reminders off. */
export function setLeads(world: World, id: number, leads: readonly number[], by: number): Promise<Peer> {
  return change(world, id, by, 'leads', { leads: [...new Set(leads)].sort((a, b) => b - a) });
}

/** One setting changed: `what` names it in the audit; a function sees the peer as it is when the change is written. */
export function wish(world: World, id: number, what: string, patch: Patch, by: number): Promise<Peer> {
  return change(world, id, by, what, patch);
}

/** When tomorrow's lessons are sent, in the timetable's zone; null switches the digest off. */
export function setEvening(world: World, id: number, evening: Peer['evening'], by: number): Promise<Peer> {
  return change(world, id, by, 'evening', { evening });
}

/** Silence: nothing is sent by itself any more, not even what was waiting; the timetable stays chosen, so questions are still answered. */
export async function stop(world: World, id: number, by: number): Promise<void> {
  await world.store.transaction(async (tx) => {
    await takePeers(tx, [id]);
    await takeBack(tx, id);
    await changePeer(tx, { id, by, what: 'stop', patch: SILENCE, at: world.now() });
  });
}

/**
 * Deletes what is kept about this peer, and in a DM about the person: own calendars that nobody else follows go, what was made for
 * all stays and belongs to nobody. A chat keeps one number, who added the bot: without it nobody could set it up again. What the
 * person may still ask sites for stays the quarter of an hour it lasts, and is swept within the hour after: forgotten at once,
 * everybody could ask without end. The person is told so before.
 */
export async function forget(world: World, id: number, by: number): Promise<void> {
  await world.store.transaction(async (tx) => {
    const own = peerKind(id) === 'dm' ? await takePrivate(tx, id) : [];
    const [peer] = await takePeers(tx, [id]);
    await deletePeer(tx, id);
    if (peer?.kind === 'chat') await savePeer(tx, newPeer(id, peer.language, peer.ownerId));
    if (peerKind(id) === 'dm') await forgetPerson(tx, id, own);
    const who = peerKind(id) === 'dm' ? 0 : by;
    await audit(tx, { at: world.now(), who, what: 'forget', timetableId: null, detail: {} });
  });
}

/** The peer can't or doesn't want to be written to; it wakes by writing or inviting again. */
export async function putToSleep(world: World, id: number, why: string): Promise<void> {
  await world.store.transaction(async (tx) => {
    const [peer] = await takePeers(tx, [id]);
    await tellOfMove(tx, world, id, why);
    if (peer !== undefined) await savePeer(tx, { ...peer, asleep: why });
  });
}

/** Settings belong to the person in a DM; in a chat to whoever added the bot and to the chat's admins. */
export async function mayManage(peer: Peer, sender: number, isAdmin: () => Promise<boolean>): Promise<boolean> {
  if (peer.kind === 'dm') return peer.id === sender;
  return peer.ownerId === sender || (await isAdmin());
}

/** The timetables that are this person's alone, nobody else's to choose until the transaction is over; they are taken before any peer. */
async function takePrivate(tx: Db, person: number): Promise<readonly number[]> {
  const own = (await listOwned(tx, person)).filter(({ listed }) => !listed);
  for (const { id } of own) await lockTimetable(tx, id);
  return own.map(({ id }) => id);
}

async function forgetPerson(tx: Db, person: number, own: readonly number[]): Promise<void> {
  for (const id of own) if (!(await isFollowed(tx, id))) await deleteTimetable(tx, id);
  await disown(tx, person);
  await forgetEditor(tx, person);
  await forgetAuthor(tx, person);
}

function change(world: World, id: number, by: number, what: string, patch: Patch): Promise<Peer> {
  return world.store.transaction((tx) => changePeer(tx, { id, by, what, patch, at: world.now() }));
}

/** Nothing that waits for this peer is sent any more. */
async function takeBack(tx: Db, id: number): Promise<void> {
  await dropFromWaiting(tx, id);
  await dropHeld(tx, id);
}

/**
 * Changes a peer inside a transaction that is already open: what waits for it heeds the new wishes. Another timetable takes along
 * nothing of the one before.
 */
export async function changePeer(
  tx: Db,
  { id, by, what, patch, at }: { id: number; by: number; what: string; patch: Patch; at: number },
): Promise<Peer> {
  const [before = newPeer(id, 'ru', null)] = await takePeers(tx, [id]);
  const changed = typeof patch === 'function' ? patch(before) : patch;
  const peer = { ...before, ...changed };
  if (before.timetableId === peer.timetableId) await heedWishes(tx, { before, after: peer }, at);
  else await takeBack(tx, id);
  await savePeer(tx, peer);
  await audit(tx, { at, who: by, what, timetableId: peer.timetableId, detail: { peer: id, ...changed } });
  return peer;
}
