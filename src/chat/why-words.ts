/** «почему», «почему молчишь», «почему не напомнил про матан»: what is asked of what was sent or was not. Pure. */
import { findDate } from './dates.ts';
import { ordinalOf } from './hide-words.ts';
import type { IntentOf } from './intent.ts';
import { plain } from './words.ts';

const ASKS = /^(?:почему|почемуто|почему-то|зачем|отчего|чего|чего-то|че|чо|why)$/u;
const SILENT = /^(?:молч\p{L}+|тих\p{L}*|тишин\p{L}|silent|quiet)$/u;
const TELLS =
  /^(?:напомн\p{L}*|напомин\p{L}*|присыла\p{L}*|прислал\p{L}*|пришл\p{L}*|приш[её]л|приход\p{L}*|прид[её]т|написал\p{L}*|пиш\p{L}*|сообщ\p{L}*|предупре\p{L}*|сказал\p{L}*|уведом\p{L}*|отправ\p{L}*|remind\p{L}*|sends?|sent|sending|tell|told|notif\p{L}*|came|come|comes|messages?)$/u;
const NOT = /^(?:не|нет|ни|без|no|not|didn.?t|don.?t|wasn.?t|never)$/u;
/** What was not done; «не присылай» is a wish. */
const MISSED =
  /^(?:напомнил[аи]?|прислал[аи]?|пришло|пришли|пришел|приходят|приходит|приходил[оаи]?|предупредил[аи]?|сообщил[аи]?|написал[аи]?)$/u;
/** Words around what is asked about. */
const AROUND = new Set(
  'а и ты мне нам меня нас бот это этого эта так тогда опять снова сегодня было был была были есть про о об обо насчет перед ко к на с за до в во по из от для пару пары пара паре парой занятие занятия занятием занятию занятии урок урока уроком уроку лекцию лекцией лекции лекция напоминание напоминания сообщение сообщения уведомление уведомления the a an my me us you i did do does was were is there about of before for to it this that any lesson lessons class again вообще ничего никакого никаких ничто'.split(
    ' ',
  ),
);
const OTHER =
  /^(?:изменени\p{L}+|замен\p{L}*|рассылк\p{L}|расписани\p{L}|домашк\p{L}+|дз|changes|homework|timetable)$/u;
/** More words than these are a story, not a name. */
const MOST_WORDS = 4;

/** «ты не напомнил про матан», «не пришло напоминание», «где напоминание?»: what is missed without asking why. */
function complaintIn(words: readonly string[]): readonly string[] | null {
  const [first = '', second = ''] = words;
  if (first === 'где')
    return /^(?:напоминани[ея]|уведомлени[ея])$/u.test(second) ? ['не', 'пришло', ...words.slice(2)] : null;
  const left = words.filter((word) => !/^(?:ты|бот|мне|нам|опять|снова)$/u.test(word));
  return left[0] === 'не' && MISSED.test(left[1] ?? '') ? left : null;
}

/** What is asked, or null when the words ask for something else: «почему завтра нет пар». */
export function whyOf(said: string): IntentOf<'why'> | null {
  const words = plain(said)
    .replace(/[?!.,;:«»"()]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
  const at = words[0] === 'а' || words[0] === 'и' ? 1 : 0;
  const complaint = complaintIn(words.slice(at));
  if (!ASKS.test(words[at] ?? '') && complaint === null) return null;
  const rest = complaint ?? words.slice(at + 1);
  if (rest.length === 0) return { kind: 'why', missed: false, name: '', when: null };
  const tells = rest.some((word) => TELLS.test(word));
  if (!tells && !rest.some((word) => SILENT.test(word))) return null;
  const missed = tells && rest.some((word) => NOT.test(word));
  const found = findDate(rest);
  const left = rest.filter((_, index) => found === null || found.week || index < found.from || index >= found.to);
  const names = left.filter((word) => !AROUND.has(word) && !TELLS.test(word) && !SILENT.test(word) && !NOT.test(word));
  if (!missed || names.length > MOST_WORDS) return { kind: 'why', missed, name: '', when: null };
  // It was not a lesson that was missed.
  if (names.some((word) => OTHER.test(word))) return { kind: 'why', missed: false, name: '', when: null };
  const name = names.length === 1 ? (ordinalOf(names[0] ?? '') ?? names[0] ?? '') : names.join(' ');
  return { kind: 'why', missed, name, when: found === null || found.week ? null : found.when };
}
