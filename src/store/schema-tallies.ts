/** The tables that only count or point: what was sent how late, what was not sent at all, what a person has used up, who was in which batch, what is asked for. */

/** How many peers a kind of saying came too late for, since ever. */
export type ExpiredTable = { kind: string; peers: number; last_at: number };

/** How many peers got what they were sent within which time (`domain/lateness`), by the hour it was accepted in. */
export type LatenessTable = { hour: number; bucket: number; peers: number };

/** Until when a person has used up what they may ask for. */
export type AllowanceTable = { what: string; person_id: number; full_at: number };

/** The latest batches a peer was in, the newest first: their ids in base 36, each `ID_WIDTH` digits. */
export type RecentTable = { peer_id: number; batches: string };

/** Sites that people brought and that are no university of ours yet; `heads` counts them (`domain/headcount`). */
export type WantedTable = {
  site: string;
  source: string;
  draft: string;
  heads: string;
  first_at: number;
  last_at: number;
};
