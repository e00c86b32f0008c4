/** «почему», «почему молчишь», «почему не напомнил про матан»: what is asked of what was sent or was not. Pure. */
import { findDate } from './dates.ts';
import { ordinalOf } from './hide-words.ts';
import type { IntentOf } from './intent.ts';
import { plain } from './words.ts';

const ASKS = /^(?:почему|зачем|отчего|чего|чего-то|why)$/u;
const SILENT = /^(?:молч\p{L}+|тих\p{L}*|тишин\p{L}|silent|quiet)$/u;
const TELLS =
  /^(?:напомн\p{L}*|напомин\p{L}*|присыла\p{L}*|прислал\p{L}*|пришл\p{L}*|приш[её]л|приход\p{L}*|прид[её]т|написал\p{L}*|пиш\p{L}*|сообщ\p{L}*|предупре\p{L}*|сказал\p{L}*|уведом\p{L}*|отправ\p{L}*|remind\p{L}*|sends?|sent|sending|tell|told|notif\p{L}*|came|come|comes|messages?)$/u;
const NOT = /^(?:не|нет|ни|без|no|not|didn.?t|don.?t|wasn.?t|never)$/u;
/** Words around what is asked about. */
const AROUND = new Set(
  'а и ты мне нам меня нас бот это этого эта так тогда опять снова сегодня было был была были есть про о об обо насчет перед ко к на с за до в во по из от для пару пары пара паре парой занятие занятия занятием занятию занятии урок урока уроком уроку лекцию лекцией лекции лекция напоминание сообщение the a an my me us you i did do does was were is there about of before for to it this that any lesson lessons class again вообще ничего никакого никаких ничто'.split(
    ' ',
  ),
);
/** More words than these are a story, not a name. */
const MOST_WORDS = 4;

/** What is asked, or null when the words ask for something else: «почему завтра нет пар». */
export function whyOf(said: string): IntentOf<'why'> | null {
  const words = plain(said)
    .replace(/[?!.,;:«»"()]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
  const at = words[0] === 'а' || words[0] === 'и' ? 1 : 0;
  if (!ASKS.test(words[at] ?? '')) return null;
  const rest = words.slice(at + 1);
  if (rest.length === 0) return { kind: 'why', missed: false, name: '', when: null };
  const tells = rest.some((word) => TELLS.test(word));
  if (!tells && !rest.some((word) => SILENT.test(word))) return null;
  const missed = tells && rest.some((word) => NOT.test(word));
  const found = findDate(rest);
  const left = rest.filter((_, index) => found === null || found.week || index < found.from || index >= found.to);
  const names = left.filter((word) => !AROUND.has(word) && !TELLS.test(word) && !SILENT.test(word) && !NOT.test(word));
  if (!missed || names.length > MOST_WORDS) return { kind: 'why', missed, name: '', when: null };
  const name = names.length === 1 ? (ordinalOf(names[0] ?? '') ?? names[0] ?? '') : names.join(' ');
  return { kind: 'why', missed, name, when: found === null || found.week ? null : found.when };
}
