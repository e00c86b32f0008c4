/** The Russian words of reminders and digests. */
import { plural } from '../format.ts';
import type { RemindingWords } from '../reminding.ts';
import { WORDS } from './words.ts';

const PAIRS = ['пара', 'пары', 'пар'] as const;
/** An exam is no pair. */
const THINGS = ['занятие', 'занятия', 'занятий'] as const;
const APART = {
  exam: 'экзамен',
  consultation: 'консультация',
  meeting: 'собрание',
  'class-hour': 'классный час',
} as const;

/** «1-я», «1-я и 2-я», «1-я, 2-я и 4-я»; the same for hours. */
function together(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} и ${last}`;
}

export const reminding: RemindingWords = {
  lesson: WORDS,
  stop: 'Не присылать',
  at(start, end, day) {
    if (end !== null) return day === null ? `${start}–${end}` : `${day}, ${start}–${end}`;
    return day === null ? `В ${start}` : `${day}, в ${start}`;
  },
  until: (end) => `до ${end}`,
  begun: (late) => (late === 0 ? 'Началась только что' : `Началась ${late} мин назад`),
  allOff: 'всё отменено',
  wholeDay: 'занятия на весь день',
  starts(count, first, of) {
    if (of === 'lessons') return `${count} ${plural(count, PAIRS)}, ${count === 1 ? 'в' : 'первая в'} ${first}`;
    if (of !== 'both') return `${APART[of]} в ${first}`;
    return `${count} ${plural(count, THINGS)}, ${count === 1 ? 'в' : 'первое в'} ${first}`;
  },
  startsWith: (number, first) => `к ${number}-й паре, ${first}`,
  off: (numbers) =>
    `${together(numbers.map((number) => `${number}-я`))} ${numbers.length === 1 ? 'отменена' : 'отменены'}`,
  offAt: (clocks) => `${clocks.length === 1 ? 'отменена пара' : 'отменены пары'} в ${together(clocks)}`,
  homework(day, late) {
    if (late === 'gone') return `Домашки на ${day}, больше нет:`;
    return late === null ? `Домашка на ${day}` : `Новая домашка на ${day}`;
  },
  weekAhead(days, count, off, of) {
    if (count === 0) return `Неделя ${days}: всё отменено`;
    const gone = of === 'lessons' ? 'отменена' : 'отменено';
    const less = off === 0 ? '' : `, ${off} ${plural(off, [gone, 'отменены', 'отменено'])}`;
    return `Неделя ${days}: ${count} ${plural(count, of === 'lessons' ? PAIRS : THINGS)}${less}`;
  },
};
