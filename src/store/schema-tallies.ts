/** The tables that only count: what was sent how late, and what was not sent at all. */

/** How many peers a kind of saying came too late for, since ever. */
export type ExpiredTable = { kind: string; peers: number; last_at: number };

/** How many peers got what they were sent within which time (`domain/lateness`), by the hour it was accepted in. */
export type LatenessTable = { hour: number; bucket: number; peers: number };
