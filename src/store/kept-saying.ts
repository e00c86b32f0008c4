/** A saying as the outbox keeps it: reminders, of which there are many at once, in a short form; all others as they are. */
import { type Day, dayNumber, dayOfNumber, type Zone } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import type { Language } from '../domain/peer.ts';
import { type Facts, shortOf, wholeOf } from './facts.ts';
import { canonical, parse } from './json.ts';

/** A number stands for a usual word or for a day; before, the words themselves were kept, and that is still read. */
type Reminder = readonly [
  language: number | Language,
  zone: number | Zone,
  lessons: readonly (readonly [day: number | Day, facts: Facts])[],
  /** There where it is told by the reader's own clocks. */
  own?: 1,
];
/** The first short form began with its kind. */
type Named = readonly ['reminder', ...Reminder];

/** Kept by their place in these lists, which may only grow. */
const LANGUAGES: readonly Language[] = ['ru', 'en'];
const ZONES: readonly Zone[] = [
  ...['Europe/Moscow', 'Europe/Kaliningrad', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Krasnoyarsk'],
  ...['Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka', 'Asia/Novosibirsk'],
  ...['Asia/Tomsk', 'Asia/Barnaul', 'Asia/Novokuznetsk', 'Europe/Saratov', 'Europe/Volgograd', 'Asia/Chita'],
];

export function packSaying(saying: Saying): string {
  if (saying.kind !== 'reminder') return canonical(saying);
  const { kind: _, language, zone, lessons, own, ...forgotten } = saying;
  // A member that a reminder has and that is not kept does not compile.
  forgotten satisfies Record<string, never>;
  const lines = lessons.map((line) => [dayNumber(line.day), shortOf(line, null)] as const);
  const usual: Reminder = [coded(LANGUAGES, language), coded(ZONES, zone), lines];
  return JSON.stringify(own === true ? [...usual, 1] : usual);
}

function coded<Word extends string>(list: readonly Word[], word: Word): number | Word {
  const code = list.indexOf(word);
  return code === -1 ? word : code;
}

/** Reads all forms: before the short ones reminders were kept whole. */
export function unpackSaying(text: string): Saying {
  const kept = parse<Reminder | Named | Saying>(text);
  if (!isShort(kept)) return kept;
  const [language, zone, lessons, own] = beginsWithKind(kept) ? withoutKind(kept) : kept;
  const lines = lessons.map(([day, facts]) => wholeOf(facts, typeof day === 'number' ? dayOfNumber(day) : day).line);
  return {
    kind: 'reminder',
    language: word(LANGUAGES, language),
    lessons: lines,
    ...(own === 1 ? { own: true as const } : {}),
    zone: word(ZONES, zone),
  };
}

function word<Word extends string>(list: readonly Word[], kept: number | Word): Word {
  if (typeof kept !== 'number') return kept;
  const found = list[kept];
  if (found === undefined) throw new Error(`kept by a later version: ${kept}`);
  return found;
}

function isShort(kept: Reminder | Named | Saying): kept is Reminder | Named {
  return Array.isArray(kept);
}

function beginsWithKind(kept: Reminder | Named): kept is Named {
  return kept[0] === 'reminder';
}

function withoutKind([, ...reminder]: Named): Reminder {
  return reminder;
}
