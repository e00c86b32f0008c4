/** The Russian words of a lesson. */
import type { Clock } from '../../domain/calendar.ts';
import type { Words } from '../format.ts';

export const WORDS: Words = {
  language: 'ru',
  kinds: {
    lecture: 'лек.',
    practice: 'пр.',
    lab: 'лаб.',
    seminar: 'сем.',
    test: 'зачёт',
    'graded-test': 'зачёт с оценкой',
    exam: 'экзамен',
    consultation: 'конс.',
    'class-hour': 'классный час',
    meeting: 'собрание',
  },
  remote: '💻 дистанционно',
  orJoin: 'или 💻 подключиться',
  join: '💻 подключиться',
  cancelled: '❌ отменена',
  allDay: 'весь день',
  homework: (text) => `дз: ${text}`,
  // «1» is a number of a subgroup; a name of its own needs no word.
  subgroup: (name) => (/^\d+$/.test(name) ? `${name} подгр.` : name),
};

/** When it was read, where that is in doubt. */
export function asOf(day: string, clock: Clock): string {
  return `расписание от ${day}, ${clock}`;
}
