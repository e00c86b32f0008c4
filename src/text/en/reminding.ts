/** The English words of reminders and digests. */
import { plural } from '../format.ts';
import type { RemindingWords } from '../reminding.ts';
import { WORDS } from './words.ts';

const LESSONS = ['lesson', 'lessons', 'lessons'] as const;
/** An exam is no lesson. */
const THINGS = ['event', 'events', 'events'] as const;

/** “1”, “1 and 2”, “1, 2 and 4”; the same for hours. */
function together(parts: readonly (string | number)[]): string {
  const last = String(parts.at(-1) ?? '');
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

export const reminding: RemindingWords = {
  lesson: WORDS,
  stop: 'Stop these',
  at(start, end, day) {
    if (end !== null) return day === null ? `${start}–${end}` : `${day}, ${start}–${end}`;
    return day === null ? `At ${start}` : `${day}, at ${start}`;
  },
  until: (end) => `until ${end}`,
  begun: (late) => (late === 0 ? 'Started just now' : `Started ${late} min ago`),
  allOff: 'everything is cancelled',
  wholeDay: 'all day',
  starts(count, first, of) {
    const many = of === 'both' ? THINGS : LESSONS;
    if (of !== 'both' && of !== 'lessons') return `${WORDS.kinds[of]} at ${first}`;
    return `${count} ${plural(count, many, 'en')}, ${count === 1 ? 'at' : 'the first at'} ${first}`;
  },
  startsWith: (number, first) => `from lesson ${number}, ${first}`,
  off: (numbers) =>
    `${numbers.length === 1 ? 'lesson' : 'lessons'} ${together(numbers)} ${numbers.length === 1 ? 'is' : 'are'} cancelled`,
  offAt: (clocks) =>
    `${clocks.length === 1 ? 'the lesson' : 'the lessons'} at ${together(clocks)} ${clocks.length === 1 ? 'is' : 'are'} cancelled`,
  homework(day, late) {
    if (late === 'gone') return `No homework any more for ${day}:`;
    return late === null ? `Homework for ${day}` : `New homework for ${day}`;
  },
  weekAhead(days, count, off, of) {
    if (count === 0) return `The week of ${days}: everything is cancelled`;
    const less = off === 0 ? '' : `, ${off} cancelled`;
    return `The week of ${days}: ${count} ${plural(count, of === 'lessons' ? LESSONS : THINGS, 'en')}${less}`;
  },
};
