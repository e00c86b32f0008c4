/** The commands nearest to words we did not understand. */
import { distance } from '../domain/name.ts';
import { plain } from './words.ts';

const SHOWN = 3;
/** Only the beginning is compared: a command's first words say what it is. */
const COMPARED = 40;

/** Above this share of slips two phrases have nothing in common. */
const ALIKE = 0.6;
/** Offered where nothing is near. */
const USUAL = ['сегодня', 'неделя', 'настройки'];

/** What can be suggested: the plainest words of each command. A guess never silences, deletes or switches off. */
export const OFFERED: readonly string[] = [
  'сегодня',
  'завтра',
  'неделя',
  'следующая неделя',
  'расписание',
  'обновить',
  'напоминать за 5 минут',
  'вечером в 19:00',
  'изменения',
  'присылать изменения',
  'настройки',
  'почему',
  'сменить группу',
  'создать расписание',
  'добавить пары',
];

/** Three phrases, nearest first: by slips against their length, or by a shared word; the usual ones where none is near. */
export function nearestCommands(words: string): string[] {
  const said = plain(words).slice(0, COMPARED);
  const score = (phrase: string) => {
    const shared = phrase.split(' ').some((word) => word.length > 3 && said.split(' ').includes(word));
    return distance(said, phrase) / Math.max(said.length, phrase.length) - (shared ? 1 : 0);
  };
  const near = OFFERED.filter((phrase) => score(phrase) < ALIKE).sort((a, b) => score(a) - score(b));
  return [...new Set([...near, ...USUAL])].slice(0, SHOWN);
}
