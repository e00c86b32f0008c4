/** What can be cut out of a typed lesson before its subject and teacher are told apart: links, weeks, subgroup, format, room, kind. */
import type { KnownKind, Weeks } from '../domain/lesson.ts';
import { whole } from './words.ts';

/** A line being read. `rest` still holds what nobody has claimed; `MARK` stands where something was cut out of its middle. */
export type Cut<T> = { readonly rest: string; readonly value: T };

/** Keeps apart the words around a cut part: what follows a kind or a subgroup is rather a teacher than more of the subject. */
export const MARK = '\u0001';

const LINK = /https?:\/\/[^\s;]+/i;

export function cutLink(text: string): Cut<string> {
  const match = LINK.exec(text);
  if (match === null) return { rest: text, value: '' };
  const value = match[0].replace(/[),.]+$/, '');
  return { rest: text.replace(value, MARK), value };
}

const WEEK = 'нед(?:\\.|ел[а-я]*)?';
const LIST = '\\d{1,2}(?:\\s*[-–—]\\s*\\d{1,2})?(?:\\s*,\\s*\\d{1,2}(?:\\s*[-–—]\\s*\\d{1,2})?)*';
const WEEKS: readonly (readonly [RegExp, 'odd' | 'even' | 'list' | 'every'])[] = [
  [whole(`(?:по\\s+)?(?:нечет|нечёт)(?:н[а-я]{2,3})?\\.?(?:\\s+${WEEK})?`), 'odd'],
  [whole(`(?:по\\s+)?(?:чет|чёт)(?:н[а-я]{2,3})?\\.?(?:\\s+${WEEK})?`), 'even'],
  [whole(`(?:по\\s+)?числ(?:ит|ител[а-я]{1,3})?\\.?(?:\\s+${WEEK})?`), 'odd'],
  [whole(`(?:по\\s+)?знам(?:ен|енат|енател[а-я]{1,3})?\\.?(?:\\s+${WEEK})?`), 'even'],
  [whole(`верх(?:н[а-я]{2})?\\.?\\s+${WEEK}`), 'odd'],
  [whole(`ниж(?:н[а-я]{2})?\\.?\\s+${WEEK}`), 'even'],
  [whole(`кажд[а-я]{2,3}\\s+${WEEK}`), 'every'],
  [whole(`(?<list>${LIST})\\s*(?:-?[а-я]{1,2}\\s+)?${WEEK}`), 'list'],
  [whole(`(?:${WEEK})\\s*(?<list>${LIST})`), 'list'],
];

/** «чёт», «знаменатель», «1,3,5 нед», «1-8 нед.»; every week when nothing is said. */
export function cutWeeks(text: string): Cut<Weeks> {
  for (const [pattern, meaning] of WEEKS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const value = meaning === 'list' ? weekList(match.groups?.list ?? '') : meaning;
    if (Array.isArray(value) && value.length === 0) continue;
    return { rest: without(text, match), value };
  }
  return { rest: text, value: 'every' };
}

function weekList(list: string): number[] {
  const weeks = list.split(',').flatMap((part) => {
    const [from, to] = part.split(/[-–—]/).map(Number);
    if (from === undefined || from < 1) return [];
    return Array.from({ length: Math.max(0, (to ?? from) - from + 1) }, (_, index) => from + index);
  });
  return [...new Set(weeks)].filter((week) => week <= 60).sort((a, b) => a - b);
}

const SUBGROUPS = [
  whole('(?:п\\s*/\\s*г|п\\.\\s?г\\.|подгр(?:\\.|упп[а-я]{1,2})?)\\s*№?\\s*(?<id>\\d)'),
  whole('(?<id>\\d)(?:\\s*-?\\s*[а-я]{1,2})?\\s*(?:п\\s*/\\s*г|подгр(?:упп[а-я]{1,2})?)'),
];

/** «п/г 1», «1 подгр», «2-я подгруппа» -> «1», «2». */
export function cutSubgroup(text: string): Cut<string> {
  for (const pattern of SUBGROUPS) {
    const match = pattern.exec(text);
    if (match !== null) return { rest: without(text, match, '.'), value: match.groups?.id ?? '' };
  }
  return { rest: text, value: '' };
}

const REMOTE = whole('дистанц[а-я]*|дистант[а-я]*|дист|онлайн|online|вебинар');

export function cutRemote(text: string): Cut<boolean> {
  const match = REMOTE.exec(text);
  return match === null ? { rest: text, value: false } : { rest: without(text, match, '.'), value: true };
}

const NAMED_ROOMS = [
  whole(
    '(?:ауд(?:\\.|итори[а-я])?|каб(?:\\.|инет[а-я]?)?)\\s*№?\\s*[\\p{L}]?[-.]?\\d[\\p{L}\\d/.-]*(?:\\s*,?\\s*корп(?:\\.|ус[а-я]?)?\\s*\\d\\p{L}?)?',
  ),
  whole('спорт(?:ивн[а-я]{2}|\\.)?\\s?зал[а-я]?|с/з|актов[а-я]{2}\\s+зал|читальн[а-я]{2}\\s+зал|стадион|бассейн|манеж'),
];
const ROOM =
  /^(?:\p{L}{0,2}[-.]?\d{2,4}\p{L}{0,2}|\p{L}{0,2}[-.]?\d{1,3}[-/.]\d{1,4}\p{L}{0,2}|\p{Lu}[-.]?\d{1,4}|\d{1,4}\p{Lu})$/u;

/** «404Л», «3-12», «ауд. 5», «спортзал». A lone digit («Математика 2») and a first word («1С программирование») stay in the subject. */
export function cutRoom(text: string): Cut<string> {
  for (const pattern of NAMED_ROOMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const rest = without(text, match);
    if (hasLetters(rest)) return { rest, value: match[0].replace(/[.,]+$/, '') };
  }
  const words = text.split(' ');
  for (let index = words.length - 1; index >= 0; index--) {
    const word = bare(words[index] ?? '');
    if (!ROOM.test(word)) continue;
    const digits = word.replace(/\D/g, '').length;
    const first = words.slice(0, index).every((other) => !hasLetters(other));
    if (first && digits < 2) continue;
    const rest = words.with(index, MARK).join(' ');
    if (hasLetters(rest)) return { rest, value: word };
  }
  return { rest: text, value: '' };
}

const KIND_WORDS: readonly (readonly [KnownKind, RegExp])[] = [
  ['graded-test', whole('зач[её]т\\s+с\\s+оценкой|дифф?\\.?\\s?зач[её]т')],
  ['lab', whole('лаб(?:\\.|оратор[а-я]+)?\\s+раб(?:от[а-я])?|лаборат\\p{L}*|лабы?|л/р|лр')],
  ['lecture', whole('лекци[яи]|лекц|лек|лк')],
  ['practice', whole('практическ[а-я]+\\s+занят[а-я]+|практ?(?:ика)?|прак|пр|п/з|пз')],
  ['seminar', whole('семинар|сем')],
  ['test', whole('зач[её]т|зач')],
  ['exam', whole('экзамен|экз')],
  ['consultation', whole('консультаци[яи]|конс')],
  ['class-hour', whole('класс?н?(?:ый|\\.)?\\s*час|кл\\.?\\s*час')],
];
/** «лекция по праву», «учебная практика»: there the word belongs to the subject. */
const OWN = /(?:[аяыи][яей]\s+)$/iu;

/** The kind of lesson, cut out only when a subject remains without it. */
export function cutKind(text: string): Cut<KnownKind | ''> {
  for (const [kind, pattern] of KIND_WORDS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
    if (/^\s+по\s/iu.test(after) || (/^практика$/iu.test(match[0]) && OWN.test(before))) continue;
    const rest = without(text, match, '.');
    if (hasLetters(rest)) return { rest, value: kind };
  }
  return { rest: text, value: '' };
}

/** Cuts a match and the brackets or the dot that belonged to it. */
function without(text: string, match: RegExpExecArray, tail = ''): string {
  let [from, to] = [match.index, match.index + match[0].length];
  if (tail !== '' && text.startsWith(tail, to)) to += tail.length;
  if (text[from - 1] === '(' && text[to] === ')') [from, to] = [from - 1, to + 1];
  return `${text.slice(0, from)} ${MARK} ${text.slice(to)}`.replace(/\s+/g, ' ').trim();
}

/** A word without the punctuation around it. */
export function bare(word: string): string {
  return word.replace(/^[(«"']+|[)»"',;:.]+$/g, '');
}

/** Whether anything readable is left, marks aside. */
export function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}
