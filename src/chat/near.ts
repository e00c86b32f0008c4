/** The commands nearest to words we did not understand. */
import { distance } from '../domain/name.ts';
import { plain } from './words.ts';

const SHOWN = 3;
/** Only the beginning is compared: a command's first words say what it is. */
const COMPARED = 40;

/** What can be suggested: the plainest words of each command. */
export const OFFERED: readonly string[] = [
  'сегодня',
  'завтра',
  'неделя',
  'следующая неделя',
  'расписание',
  'обновить',
  'напоминать за 5 минут',
  'не напоминать',
  'вечером в 19:00',
  'вечером не присылать',
  'присылать изменения',
  'не присылать изменения',
  'настройки',
  'сменить группу',
  'создать расписание',
  'добавить пары',
  'стоп',
  'удалить мои данные',
];

/** Three phrases, nearest first: by slips against their length, or by a shared word. */
export function nearestCommands(words: string): string[] {
  const said = plain(words).slice(0, COMPARED);
  const score = (phrase: string) => {
    const shared = phrase.split(' ').some((word) => word.length > 3 && said.split(' ').includes(word));
    return distance(said, phrase) / Math.max(said.length, phrase.length) - (shared ? 1 : 0);
  };
  return OFFERED.toSorted((a, b) => score(a) - score(b)).slice(0, SHOWN);
}
