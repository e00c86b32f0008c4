/** The English words of a lesson. */
import type { Clock } from '../../domain/calendar.ts';
import type { Words } from '../format.ts';

export const WORDS: Words = {
  language: 'en',
  kinds: {
    lecture: 'lecture',
    practice: 'practice',
    lab: 'lab',
    seminar: 'seminar',
    test: 'pass/fail test',
    'graded-test': 'graded test',
    exam: 'exam',
    consultation: 'consultation',
    'class-hour': 'class hour',
    meeting: 'meeting',
  },
  remote: '💻 online',
  orJoin: 'or 💻 join online',
  join: '💻 join online',
  cancelled: '❌ cancelled',
  allDay: 'all day',
  homework: (text) => `homework: ${text}`,
  subgroup: (name) => (/^\d+$/.test(name) ? `subgroup ${name}` : name),
};

/** When it was read, where that is in doubt. */
export function asOf(day: string, clock: Clock): string {
  return `timetable as of ${day}, ${clock}`;
}
