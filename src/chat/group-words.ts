/** Finds what looks like a group's name among the words of a sentence. Pure. */
import { isCourteous } from './courtesy.ts';
import { monthWord, plain, weekdayWord } from './words.ts';

/** Words that may stand around a question and say nothing of their own. */
const FILLERS = new Set(
  'а и в во на у с по мне нам меня нас какие какое какой какая что там есть ли будет будут покажи показать дай скажи пришли скинь кинь отправь напиши подскажи вышли пожалуйста плиз расписание расписания пары пара парам утром вечером занятия занятие уроки уроков день для группа группы группе the on timetable schedule for show'.split(
    ' ',
  ),
);
/** Words for what changed, which say nothing of their own beside a day, and may begin a name: «замены на завтра», «Замены 5Б». */
const NEWS = new Set('замены замена отмены переносы'.split(' '));
/** What people say when they introduce themselves by their group. */
const INTRODUCING = new Set(
  'я мы из это моя мой наша наш группу учусь учимся студент студентка студенты староста со i am m we are is from my our group student'.split(
    ' ',
  ),
);
/** Words that stand before a number which is no part of a name: «в 7», «до 31», «каб 305». */
const BEFORE_NUMBER = new Set(
  'за до к через после около из от о об не кв каб ауд дом урок этаж корпус курс лаб лаба лабу лабы упр стр тема глава номер билет'.split(
    ' ',
  ),
);
/** A number with its ending or unit: «3-я», «5мин», «20го», «1 курс». */
const COUNTED =
  /^\d+-?(?:я|й|е|х|го|му|ю|ая|ый|ой|ое|ую|ти|ми|м|мин\p{L}*|час\p{L}*|ч|пар\p{L}?|шт|th|st|nd|rd|min|h)$/u;
const TOKEN = /^(?=.*\p{L})(?=.*\d)[\p{L}\d][\p{L}\d./\\_()–—-]{1,23}$/u;
/** Words about a command, of today or of a day to come: never a group's name. */
const COMMANDS =
  /^(почему|зачем|когда|сколько|где|кто|как|что|календар\p{L}*|скры\p{L}+|покаж\p{L}*|подгрупп\p{L}*|звонк\p{L}*|экзамен\p{L}*|преподавател\p{L}*|аудитори\p{L}*|свободн\p{L}*|тихо|назнач\p{L}*|удали\p{L}*|напом\p{L}*|изменени\p{L}*|вечер\p{L}*|настро\p{L}*|принять|отвяж\p{L}*|отвязать|why|when|how|hide)$/u;
/** More words than this are a sentence and no name. */
export const NAME_WORDS = 4;
const NAME_LENGTH = 40;

/** Whether a word is about a command and never part of a name. */
export function isCommandWord(word: string): boolean {
  return COMMANDS.test(plain(word));
}

/** The words without those that say nothing. */
export function withoutFillers(words: readonly string[]): string {
  const left = words.filter((word) => !FILLERS.has(plain(word)));
  return left.every((word) => NEWS.has(plain(word))) ? '' : left.join(' ');
}

/** Group-like pieces of a sentence in their order: «ПИ-21», «1ПИб2», and «пи 22» where the number stands apart. */
export function groupTokens(text: string): string[] {
  return piecesOf(text)
    .filter(({ token }) => token)
    .map(({ text }) => text);
}

/** Whether the words could be a group's name: short, with letters and digits in one piece of them. */
export function looksLikeGroup(name: string): boolean {
  return name.length <= NAME_LENGTH && name.split(' ').length <= 3 && groupTokens(name).length > 0;
}

/** Whether a sentence does nothing but name a group: «Привет, я из ПИ-21», «ПИ-21 привет». */
export function introduces(text: string): boolean {
  const pieces = piecesOf(text);
  return pieces.every(({ token, text }) => token || isIntroducing(text)) && pieces.some(({ token }) => token);
}

/** Whether an answer to «Какая группа?» may be a name although no digit is in it: «Юристы вечерние»; at most `most` words. */
export function couldBeName(text: string, most: number): boolean {
  const words = wordsOf(text);
  if (text.length > NAME_LENGTH || words.length === 0 || words.length > most || text.includes('?')) return false;
  return /\p{L}/u.test(text) && !words.some((word) => isCommandWord(word) || isCourteous(word));
}

function isIntroducing(word: string): boolean {
  const folded = plain(word);
  return FILLERS.has(folded) || INTRODUCING.has(folded) || isCourteous(folded);
}

function piecesOf(text: string): { readonly text: string; readonly token: boolean }[] {
  const words = wordsOf(text);
  const pieces: { text: string; token: boolean }[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [word = '', next = ''] = words.slice(index);
    if (isToken(word)) pieces.push({ text: word, token: true });
    else if (isStem(word) && /^\d{1,4}(?:-\d{1,2})?$/.test(next) && monthWord(words[index + 2] ?? '') === null) {
      pieces.push({ text: `${word} ${next}`, token: true });
      index += 1;
    } else pieces.push({ text: word, token: false });
  }
  return pieces;
}

function wordsOf(text: string): string[] {
  return text
    .replace(/[,;!?«»":]/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^[.(]+|[.)]+$/g, ''))
    .filter((word) => word !== '');
}

function isToken(word: string): boolean {
  return TOKEN.test(word) && !COUNTED.test(plain(word));
}

/** The letters of a name whose number stands apart; a weekday of two letters may be one («ПТ 21»). */
function isStem(word: string): boolean {
  const folded = plain(word);
  if (!/^\p{L}{1,5}$/u.test(word) || FILLERS.has(folded) || INTRODUCING.has(folded)) return false;
  if (BEFORE_NUMBER.has(folded) || isCourteous(folded) || monthWord(folded) !== null) return false;
  return weekdayWord(folded) === null || folded.length === 2;
}

const DIGRAPHS: readonly (readonly [string, string])[] = [
  ['shch', 'щ'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['ch', 'ч'],
  ['sh', 'ш'],
  ['yu', 'ю'],
  ['ya', 'я'],
];
const LETTERS = new Map(
  [...'abcdefghijklmnoprstuvyz'].map((letter, at) => [letter, 'абцдефгхийклмнопрстувыз'[at] ?? '']),
);

/** «PI-21» -> «пи-21»; null when the words have no Latin letters, or others besides. */
export function inCyrillic(name: string): string | null {
  const said = name.toLowerCase();
  if (!/[a-z]/.test(said) || /\p{Script=Cyrillic}/u.test(said)) return null;
  const pairs = DIGRAPHS.reduce((text, [latin, letter]) => text.replaceAll(latin, letter), said);
  const whole = pairs.replace(/[a-z]/g, (letter) => LETTERS.get(letter) ?? letter);
  return /[a-z]/.test(whole) ? null : whole;
}
