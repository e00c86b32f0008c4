/** A saying as the outbox keeps it: reminders, of which there are many at once, in a short form; all others as they are. */
import type { Day } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import type { Language } from '../domain/peer.ts';
import { type Facts, shortOf, wholeOf } from './facts.ts';
import { canonical, parse } from './json.ts';

type Reminder = readonly [
  kind: 'reminder',
  language: Language,
  zone: string,
  lessons: readonly (readonly [day: Day, facts: Facts])[],
  /** There where it is told by the reader's own clocks. */
  own?: 1,
];

export function packSaying(saying: Saying): string {
  if (saying.kind !== 'reminder') return canonical(saying);
  const { kind, language, zone, lessons, own, ...forgotten } = saying;
  // A member that a reminder has and that is not kept does not compile.
  forgotten satisfies Record<string, never>;
  const lines = lessons.map((line) => [line.day, shortOf(line, null)] as const);
  const kept: Reminder = own === true ? [kind, language, zone, lines, 1] : [kind, language, zone, lines];
  return JSON.stringify(kept);
}

/** Reads both forms; before there was a short one reminders were kept whole too. */
export function unpackSaying(text: string): Saying {
  const kept = parse<Reminder | Saying>(text);
  if (!isReminder(kept)) return kept;
  const [kind, language, zone, lessons, own] = kept;
  const lines = lessons.map(([day, facts]) => wholeOf(facts, day).line);
  return { kind, language, lessons: lines, ...(own === 1 ? { own: true as const } : {}), zone };
}

function isReminder(kept: Reminder | Saying): kept is Reminder {
  return Array.isArray(kept);
}
