/** A saying as the outbox keeps it: reminders, of which there are many at once, in a short form; all others as they are. */
import type { Day } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import type { Language } from '../domain/peer.ts';
import { type Facts, shortOf, wholeOf } from './facts.ts';
import { canonical, parse } from './json.ts';

type Reminder = readonly [
  language: Language,
  zone: string,
  lessons: readonly (readonly [day: Day, facts: Facts])[],
  /** There where it is told by the reader's own clocks. */
  own?: 1,
];

export function packSaying(saying: Saying): string {
  if (saying.kind !== 'reminder') return canonical(saying);
  const { kind: _, language, zone, lessons, own, ...forgotten } = saying;
  // A member that a reminder has and that is not kept does not compile.
  forgotten satisfies Record<string, never>;
  const lines = lessons.map((line) => [line.day, shortOf(line, null)] as const);
  const kept: Reminder = own === true ? [language, zone, lines, 1] : [language, zone, lines];
  return JSON.stringify(kept);
}

/** Reads all forms: before the short one reminders were kept whole, and the first short ones began with their kind. */
export function unpackSaying(text: string): Saying {
  const kept = parse<Reminder | Named | Saying>(text);
  if (!isShort(kept)) return kept;
  const [language, zone, lessons, own] = beginsWithKind(kept) ? withoutKind(kept) : kept;
  const lines = lessons.map(([day, facts]) => wholeOf(facts, day).line);
  return { kind: 'reminder', language, lessons: lines, ...(own === 1 ? { own: true as const } : {}), zone };
}

type Named = readonly ['reminder', ...Reminder];

function isShort(kept: Reminder | Named | Saying): kept is Reminder | Named {
  return Array.isArray(kept);
}

function beginsWithKind(kept: Reminder | Named): kept is Named {
  return kept[0] === 'reminder';
}

function withoutKind([, ...reminder]: Named): Reminder {
  return reminder;
}
