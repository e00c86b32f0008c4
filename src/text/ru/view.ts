/** The words of a day and a week of a timetable, in Russian. */
import { views } from '../view.ts';
import { marks } from './changes.ts';
import { asOf, WORDS } from './words.ts';

export const { dayText, weekText } = views({
  lesson: WORDS,
  marks,
  labels: {
    today: 'Сегодня',
    tomorrow: 'Завтра',
    week: 'Неделя',
    thisWeek: 'Эта неделя',
    nextWeek: 'Следующая неделя',
    whole: 'Показать скрытое',
  },
  empty: (nearest) => (nearest === null ? 'Занятий нет.' : `Занятий нет. Ближайшие: ${nearest}.`),
  emptyWeek: 'На этой неделе занятий нет.',
  week: (days) => `неделя ${days}`,
  numbered: (number) => `${number}-я`,
  hidden: (count) => `скрыто: ${count}`,
  asOf,
});
