/** The words of a day and a week of a timetable, in English. */
import { views } from '../view.ts';
import { marks } from './changes.ts';
import { asOf, WORDS } from './words.ts';

export const { dayText, weekText } = views({
  lesson: WORDS,
  marks,
  labels: {
    today: 'Today',
    tomorrow: 'Tomorrow',
    week: 'Week',
    thisWeek: 'This week',
    nextWeek: 'Next week',
    whole: 'Show what is hidden',
  },
  empty: (nearest) => (nearest === null ? 'No lessons.' : `No lessons. The next ones: ${nearest}.`),
  emptyWeek: 'No lessons this week.',
  week: (days) => `week ${days}`,
  numbered: (number) => `no. ${number}`,
  hidden: (count) => `hidden: ${count}`,
  asOf,
});
