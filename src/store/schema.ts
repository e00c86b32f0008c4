/** The tables as Kysely sees them. Ids and instants are numbers, flags 0 or 1, JSON is text; nothing outside store/ meets these rows. */
import type { Generated, Kysely } from 'kysely';
import type {
  HeldTable,
  HomeworkTable,
  PrintedTable,
  ToldTable,
  UntoldDayTable,
  UntoldTable,
  WaitingTable,
} from './schema-changes.ts';
import type { OccurrenceLineTable, OccurrenceTable, SubscriptionTable } from './schema-due.ts';
import type { DigestTable, EditorTable, PeerTable } from './schema-peers.ts';
import type { AllowanceTable, ExpiredTable, LatenessTable, RecentTable, WantedTable } from './schema-tallies.ts';

type Flag = 0 | 1;
type Json = string;

/** A store handle or a transaction: every function of this folder takes either. */
export type Db = Kysely<Schema>;

export type Schema = {
  timetable: TimetableTable;
  lesson: LessonTable;
  printed: PrintedTable;
  feed: FeedTable;
  outage: OutageTable;
  host: HostTable;
  allowance: AllowanceTable;
  occurrence: OccurrenceTable;
  occurrence_line: OccurrenceLineTable;
  peer: PeerTable;
  subscription: SubscriptionTable;
  digest: DigestTable;
  outbox: OutboxTable;
  receipt: ReceiptTable;
  recent: RecentTable;
  expired: ExpiredTable;
  lateness: LatenessTable;
  session: SessionTable;
  state: StateTable;
  event: EventTable;
  audit: AuditTable;
  untold: UntoldTable;
  untold_day: UntoldDayTable;
  told: ToldTable;
  held: HeldTable;
  homework: HomeworkTable;
  editor: EditorTable;
  university: UniversityTable;
  listing: ListingTable;
  waiting: WaitingTable;
  wanted: WantedTable;
};

export type TimetableTable = {
  id: Generated<number>;
  name: string;
  university: string;
  zone: string;
  language: string;
  kind: string;
  owner_id: number | null;
  listed: Flag;
  term: Json | null;
  bells: Json;
  revision: Generated<number>;
  fresh_at: number | null;
  folded: string;
  digits: string;
  rolled_until: Generated<number>;
  /** The key of the university whose catalogue lists it, '' for all others; with `category` and `name` its binding. */
  origin: Generated<string>;
  category: Generated<string>;
  /** When somebody last looked it up. */
  asked_at: number | null;
};

export type UniversityTable = {
  key: string;
  name: string;
  zone: string;
  listed: Flag;
  next_check: number | null;
  checked_at: number | null;
  good_at: number | null;
  failures: number;
  problem: Json | null;
  held: string | null;
  held_since: number | null;
  fingerprint: string;
};

type ListingTable = {
  id: Generated<number>;
  university: string;
  kind: string;
  name: string;
  folded: string;
  digits: string;
  key: string;
  source: string;
  ask: Json;
};

/** `uid` is our own id, one a lesson of a timetable. `day` and `until` (the first day it no longer touches) are null for a weekly lesson. */
export type LessonTable = {
  id: Generated<number>;
  timetable_id: number;
  uid: string;
  day: string | null;
  until: string | null;
  hash: string;
  body: Json;
};

export type FeedTable = {
  id: Generated<number>;
  timetable_id: number;
  source: string;
  /** The university an engine was asked for: `university` of the ask; '' where it has none. */
  university: string;
  ask: Json;
  profile: string;
  next_check: number;
  etag: string;
  last_modified: string;
  fingerprint: string;
  failures: number;
  problem: Json | null;
  held: string | null;
  held_since: number | null;
  held_print: string | null;
  good_at: number | null;
  horizon: number | null;
  checked_at: number | null;
  ailing: Flag;
  warned_at: number | null;
  /** In thousandths. */
  skipped: number;
  host: string;
  rank: number;
  every: number;
  weight: number;
  requests: number;
  gaps: Json;
};

/** A spell of trouble of a source that its operators were told of: gone when all is well again. */
type OutageTable = { source: string; university: string; since: number; told_at: number; troubled: number };

/** `look_at`: when something may be due there. */
export type HostTable = {
  name: string;
  look_at: number;
  wait_until: number;
  failures: number;
  per_request: number;
  price: number;
  priced_at: number;
};

/**
 * One row a batch of at most a hundred peers. `slot` is a number made of the key, of which one may have several sayings and fires;
 * `part` tells apart the batches of one slot.
 */
export type OutboxTable = {
  id: Generated<number>;
  slot: number;
  part: number;
  fire: string;
  /** '' where the fire says it (`keyOf`). */
  key: string;
  /** Null: the fire's own (`randomIdOf`). Others were given by an older version. */
  random_id: number | null;
  saying: Json;
  due: number;
  /** Null where it dies then. */
  deadline: number | null;
  /** Not to be sent before this; later than `due` after a retry was put off. */
  not_before: number;
  /** When it dies: the deadline, or 55 minutes after the first try when that is earlier. */
  dies_at: number;
  state: number;
  attempts: number;
  first_try_at: number | null;
  lease_until: number | null;
  /** See `packPeers`. */
  peers: Uint8Array;
  /** Of batches with the same one a peer gets the earlier first; null where order does not matter. */
  thread: number | null;
  /** 1 while it waits for its `not_before`: what is due is taken from the others. */
  early: Generated<Flag>;
  /** The changes it tells are those told since then; null where it tells none, or puts right what was said. */
  since: number | null;
  settled_at: number | null;
};

type ReceiptTable = { fire: string; peer_id: number; what: string; why: string; at: number };
type SessionTable = { key: string; peer_id: number | null; value: Json; expires_at: number };
type StateTable = { key: string; value: string };
type EventTable = { id: string; at: number };
type AuditTable = {
  id: Generated<number>;
  at: number;
  who: number;
  what: string;
  timetable_id: number | null;
  detail: Json;
};

export type Kind = 'sqlite' | 'postgres';
