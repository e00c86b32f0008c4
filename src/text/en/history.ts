/** The words of what has changed lately, in English. */
import { plural } from '../format.ts';
import { historyIn } from '../history.ts';
import { changes } from './changes.ts';
import { asOf, WORDS } from './words.ts';

/** The changes of the last days, told again. */
export const historyText = historyIn({
  lesson: WORDS,
  asOf,
  changes,
  labels: {
    more: 'Show more',
    newer: '← Newer',
    longer: 'Two weeks',
    week: 'Week',
    settings: 'Change settings',
  },
  title: (days) => `Changes of ${lasting(days)}`,
  known: (when, clock) => `Known since ${'near' in when ? when.near : when.date}, ${clock}`,
  nothing: (days) => `I have seen no change in ${lasting(days)}.`,
  unheard: (count) => `${count} more of what is hidden.`,
  onlyUnheard: (days, count) => `In ${lasting(days)} only what is hidden has changed: ${count}.`,
  page: (from, to, all) => `${from === to ? from : `${from}–${to}`} of ${all}`,
});

function lasting(days: number): string {
  return `${days} ${plural(days, ['day', 'days', 'days'], 'en')}`;
}
