/** The tables of people: who listens, the digests derived from them, and who writes. */

type Flag = 0 | 1;
type Json = string;

/** `role`, `horizon`, `muted` and `hidden` are '' where they are what nearly everybody has (see `USUAL` of peers.ts). */
export type PeerTable = {
  id: number;
  language: string;
  role: string;
  timetable_id: number | null;
  leads: Json;
  evening: string | null;
  changes: Flag;
  owner_id: number | null;
  asleep: string | null;
  first_lead: number | null;
  morning: string | null;
  week: Json | null;
  exams: Flag;
  meetings: Flag;
  homework: string | null;
  horizon: string;
  muted: Json;
  quiet: Json | null;
  subgroup: string;
  hidden: Json;
  zone: string | null;
  /** Derived: see `isFiltered`. */
  filtered: Flag;
};

/** Derived from `peer`, one row a digest: who is sent what, and when by which clock. */
export type DigestTable = {
  peer_id: number;
  /** `evening`, `morning`, `week` or `homework`. */
  kind: string;
  zone: string;
  /** 0 = every day. */
  weekday: number;
  at: string;
  timetable_id: number;
  language: string;
  filtered: Flag;
};

/** Who was appointed to write in a timetable. */
export type EditorTable = { timetable_id: number; person_id: number };
