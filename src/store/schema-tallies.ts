/** The tables that only count: what was sent how late, what was not sent at all, what a person has used up. */

/** How many peers a kind of saying came too late for, since ever. */
export type ExpiredTable = { kind: string; peers: number; last_at: number };

/** How many peers got what they were sent within which time (`domain/lateness`), by the hour it was accepted in. */
export type LatenessTable = { hour: number; bucket: number; peers: number };

/** Until when a person has used up what they may ask for. */
export type AllowanceTable = { what: string; person_id: number; full_at: number };
