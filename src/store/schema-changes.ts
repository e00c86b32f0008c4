/** The tables of what changes in a timetable and is told of it: prints of its days; homework; changes that wait and those that were told, and who waits for its first reading. */
import type { Generated } from 'kysely';

/** One row a timetable whose changes wait to be told. `seen` (JSON): when each was seen first, by its key. */
export type UntoldTable = { timetable_id: number; since: number; look_at: number; seen: string };

/**
 * One row a timetable that a source is read for, where its days are known by their prints: see domain/prints. Whoever writes lessons
 * by another way than `commitChange` (a migration) deletes it: what a print vouches for is not looked at.
 */
export type PrintedTable = { timetable_id: number; prints: string };

/** A day that changed since, as people were told it. */
export type UntoldDayTable = { timetable_id: number; day: string; lessons: string };

/** One row a change that was told at `at`; `day` and `day_to` are where the lesson was and is. */
export type ToldTable = {
  id: Generated<number>;
  timetable_id: number;
  at: number;
  day: string;
  day_to: string;
  change: string;
  /** 1: its source had not answered a second time. */
  unsure: Generated<number>;
};

/** Who has not been told, because of quiet hours, what was told of a timetable at `since` and later; `due` is when they end. */
export type HeldTable = { timetable_id: number; peer_id: number; since: number; due: number };

/** Who asked for a timetable that was not read yet. */
export type WaitingTable = { timetable_id: number; peer_id: number; at: number };

/** What is to be done for the lessons of a subject on a day; `subject` and `subgroup` are folded, '' is everybody's. */
export type HomeworkTable = { timetable_id: number; day: string; subject: string; subgroup: string; text: string };
