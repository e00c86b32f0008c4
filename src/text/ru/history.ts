/** The words of what has changed lately, in Russian. */
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
    more: 'Показать ещё',
    newer: '← Новее',
    longer: 'За две недели',
    week: 'Неделя',
    settings: 'Настройки изменений',
  },
  title: (days) => `Изменения за ${lasting(days)}`,
  known: (when, clock) => `Стало известно ${'near' in when ? when.near : when.date} в ${clock}`,
  nothing: (days) => `За ${lasting(days)} изменений я не видел.`,
  unheard: (count) => `Ещё ${count} – о скрытом.`,
  onlyUnheard: (days, count) => `За ${lasting(days)} поменялось только скрытое: ${count}.`,
  page: (from, to, all) => `${from === to ? from : `${from}–${to}`} из ${all}`,
});

function lasting(days: number): string {
  return `${days} ${plural(days, ['день', 'дня', 'дней'])}`;
}
