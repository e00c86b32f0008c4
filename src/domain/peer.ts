/** Who listens, and to what. */
import type { Clock, Weekday, Zone } from './calendar.ts';
import type { ChangeKind } from './diff.ts';

export type Language = 'ru' | 'en';

/** Who a peer is to the bot, in its own words: nobody proves it, and it opens no door. It decides what is on from the start. */
export type Role = 'student' | 'parent' | 'teacher';

/** How far ahead a changed lesson may be to be told at once: today and tomorrow, seven days, any day. */
export type Horizon = 'near' | 'week' | 'all';

/** Something a peer does not want to hear of, named as the person said it; names are compared folded. A slot is a pair's number. */
export type Hidden = { readonly by: 'subject' | 'teacher' | 'kind' | 'slot'; readonly name: string };

/** Hours in which nothing is sent, [from, to) by wall time; `to` before `from` crosses midnight. They are never equal. */
export type Quiet = { readonly from: Clock; readonly to: Clock };

/** A VK conversation we serve: a DM (`id` = user id) or a chat (`id` ≥ 2000000000). */
export type Peer = {
  readonly id: number;
  readonly kind: 'dm' | 'chat';
  readonly language: Language;
  readonly role: Role;
  /** The timetable this peer follows, null before it chose one. */
  readonly timetableId: number | null;
  /** Minutes before each lesson, e.g. [15, 1]; empty = no reminders. */
  readonly leads: readonly number[];
  /** Minutes before the first lesson of the day (the first this peer hears of); null = no such reminder. */
  readonly firstLead: number | null;
  /** When tomorrow's lessons are sent, in the peer's zone; null = not sent. */
  readonly evening: Clock | null;
  /** When today's lessons are sent, in the peer's zone; null = not sent. */
  readonly morning: Clock | null;
  /** When the week ahead is sent, in the peer's zone; null = not sent. */
  readonly week: { readonly weekday: Weekday; readonly at: Clock } | null;
  /** Whether exams and consultations are told a day and an hour before. */
  readonly exams: boolean;
  /** Whether parents' and teachers' meetings are told a day and an hour before. */
  readonly meetings: boolean;
  /** When tomorrow's homework is told to a peer without an evening digest, which tells it already; null = nowhere but in views. */
  readonly homework: Clock | null;
  /** Whether change notices are wanted. */
  readonly changes: boolean;
  readonly horizon: Horizon;
  /** Kinds of change that are not wanted. */
  readonly muted: readonly ChangeKind[];
  readonly quiet: Quiet | null;
  /** '' hears of all subgroups. */
  readonly subgroup: string;
  readonly hidden: readonly Hidden[];
  /** A zone of one's own; null = the timetable's. */
  readonly zone: Zone | null;
  /** In a chat: who added the bot; that person and the chat's admins may change settings. */
  readonly ownerId: number | null;
  /** Why nothing can be sent (VK error code and word), null when all is well. */
  readonly asleep: string | null;
};

/** Peers with ids from here on are chats (VK: peer_id = 2000000000 + chat_id). */
export const FIRST_CHAT = 2_000_000_000;

export function peerKind(id: number): Peer['kind'] {
  return id >= FIRST_CHAT ? 'chat' : 'dm';
}

/** What is sent by itself. */
export type Sent = Pick<
  Peer,
  'leads' | 'firstLead' | 'evening' | 'morning' | 'week' | 'exams' | 'meetings' | 'homework' | 'changes'
>;

/**
 * What is on from the start (product.md). A student hears of changes and exams, a chat the evening digest too, a person of the
 * day's first lesson half an hour before; a parent gets the evening digest and meetings, a teacher changes and meetings.
 */
export function sentFromStart(role: Role, kind: Peer['kind']): Sent {
  const [student, dm] = [role === 'student', kind === 'dm'];
  return {
    leads: [],
    firstLead: student && dm ? 30 : null,
    evening: role === 'parent' || !dm ? '19:00' : null,
    morning: null,
    week: null,
    exams: role !== 'parent',
    meetings: !student,
    homework: role === 'teacher' ? null : '19:00',
    changes: role !== 'parent',
  };
}

export function newPeer(id: number, language: Language, ownerId: number | null): Peer {
  const kind = peerKind(id);
  return {
    id,
    kind,
    language,
    role: 'student',
    timetableId: null,
    ...sentFromStart('student', kind),
    horizon: 'week',
    muted: [],
    quiet: null,
    subgroup: '',
    hidden: [],
    zone: null,
    ownerId,
    asleep: null,
  };
}

/** Becomes somebody else: what is sent follows the role where nothing of it was ever set otherwise. */
export function inRole(peer: Peer, role: Role): Pick<Peer, 'role'> & Partial<Sent> {
  const usual = sentFromStart(peer.role, peer.kind);
  const isUntouched = (Object.keys(usual) as (keyof Sent)[]).every((name) =>
    Array.isArray(usual[name]) ? peer.leads.length === 0 : peer[name] === usual[name],
  );
  return isUntouched ? { role, ...sentFromStart(role, peer.kind) } : { role };
}

/** All that is sent by itself, switched off; what the person chose to see and hide stays. */
export const SILENCE: Sent = {
  leads: [],
  firstLead: null,
  evening: null,
  morning: null,
  week: null,
  exams: false,
  meetings: false,
  homework: null,
  changes: false,
};

/** Whether nothing is sent by itself. */
export function isSilent(peer: Peer): boolean {
  const { leads, firstLead, evening, morning, week, homework, exams, meetings, changes } = peer;
  const clocks = [firstLead, evening, morning, week, homework];
  return leads.length === 0 && clocks.every((one) => one === null) && !exams && !meetings && !changes;
}

/** Whether what this peer hears is decided lesson by lesson or hour by hour; the others are planned as one set. */
export function isFiltered({ subgroup, hidden, quiet, zone, ...sent }: Peer): boolean {
  const { homework, evening, morning, week } = sent;
  const isWithout = homework === null && (evening !== null || morning !== null || week !== null);
  return subgroup !== '' || hidden.length > 0 || quiet !== null || zone !== null || isWithout;
}
