/** Finds the teacher in what is left of a typed lesson; in doubt the word belongs to the subject. */
import { bare, type Cut, hasLetters, MARK } from './line-parts.ts';

const NAME = '\\p{Lu}\\p{Ll}+(?:-\\p{Lu}\\p{Ll}+)?';
const TITLE = '(?:ст\\.?\\s*преп|преп(?:одаватель)?|доц(?:ент)?|проф(?:ессор)?|асс(?:истент)?)\\.?';
const EDGE = '(?<![\\p{L}\\d])';
const END = '(?![\\p{L}\\d])';
/** Initials before the name; not when the name has initials of its own («Иванов И. И. Петров П. П.»). */
const INITIALS_FIRST = new RegExp(
  `${EDGE}(?:${TITLE}\\s+)?\\p{L}\\.\\s?\\p{L}\\.\\s?${NAME}${END}(?!\\s+\\p{L}\\.)`,
  'gu',
);
/** Surely teachers: initials or a title say so. */
const SURE: readonly RegExp[] = [
  INITIALS_FIRST,
  new RegExp(`${EDGE}(?:${TITLE}\\s+)?[\\p{L}-]{3,}\\s+\\p{L}\\.\\s?\\p{L}\\.?${END}`, 'giu'),
  new RegExp(`${EDGE}(?:${TITLE}\\s+)?${NAME}\\s+\\p{Lu}\\.${END}`, 'gu'),
  new RegExp(`${EDGE}${TITLE}\\s+${NAME}${END}`, 'gu'),
];
const PATRONYMIC = /^\p{Lu}\p{Ll}+(?:ович|евич|ич|овна|евна|ична|инична)$/u;
const SURNAME =
  /^\p{L}{2,}(?:[оеё]ва?|[иы]на?|ск(?:ий|ая|ой)|цк(?:ий|ая)|енко|чко|йко|ук|юк|чук|ич|ян|дзе|швили|[ыи]х|ец)(?:-\p{Lu}\p{Ll}+)?$/iu;
/** Words that only look like surnames, most of them subjects. */
const NOT_SURNAME =
  /(?:ческ(?:ий|ая)|льн(?:ый|ая)|^(?:англий|немец|француз|рус|россий|китай|испан|италь?ян|латин|татар|казах|япон|граждан|истори|граф)\p{L}*|медицина|дисциплина|машина|картина|причина|ткан[иь]\p{L}*|основа?|охрана|команда|государств\p{L}*|прав[ао]|слов[ао])$/iu;

/** Cuts the teachers out. Never takes the last word of a subject: something readable always remains. */
export function cutTeachers(text: string): Cut<readonly string[]> {
  const sure = cutSure(text);
  return sure.value.length > 0 ? sure : cutBare(text);
}

function cutSure(text: string): Cut<readonly string[]> {
  const value: string[] = [];
  let rest = text;
  for (const pattern of SURE) {
    for (const match of rest.matchAll(pattern)) {
      const before = bare(match.input.slice(0, match.index).trim().split(' ').at(-1) ?? '');
      if (pattern === INITIALS_FIRST && looksLikeSurname(before)) continue;
      const left = rest.replace(match[0], ` ${MARK} `);
      if (!hasLetters(left)) continue;
      value.push(tidy(match[0]));
      rest = left;
    }
  }
  return { rest, value };
}

function looksLikeSurname(word: string): boolean {
  return /^\p{Lu}/u.test(word) && SURNAME.test(word) && !NOT_SURNAME.test(word);
}

/** Names without initials stand at the end: a full name by its patronymic, else surnames by their shape or by what stands before them. */
function cutBare(text: string): Cut<readonly string[]> {
  const words = text.split(' ').filter((word) => word !== '');
  const full = fullName(words);
  if (full !== null) return full;
  const value: string[] = [];
  let end = words.length;
  while (end > 0) {
    while (end > 0 && words[end - 1] === MARK) end--;
    const word = words[end - 1] ?? '';
    const before = words.slice(0, end - 1);
    if (!isTeacher(bare(word), before) || !hasLetters(before.join(' '))) break;
    value.unshift(capital(bare(word)));
    words.splice(end - 1, 1, MARK);
    end--;
    if (!/[,/]$/.test(words[end - 1] ?? '')) break;
  }
  return { rest: words.join(' '), value };
}

function isTeacher(word: string, before: readonly string[]): boolean {
  if (!/^\p{L}[\p{L}-]{2,}$/u.test(word) || NOT_SURNAME.test(word)) return false;
  const apart = before.at(-1) === MARK || /[,/]$/.test(before.at(-1) ?? '');
  const capitalised = /^\p{Lu}\p{Ll}/u.test(word);
  if (SURNAME.test(word)) return apart || capitalised;
  return apart && capitalised;
}

function fullName(words: readonly string[]): Cut<readonly string[]> | null {
  const at = words.findIndex((word) => PATRONYMIC.test(bare(word)));
  const isName = (index: number) => new RegExp(`^${NAME}$`, 'u').test(bare(words[index] ?? ''));
  if (at < 1 || !isName(at - 1)) return null;
  const subjectLeft = (from: number) => hasLetters(words.slice(0, from).join(' '));
  const from = at >= 2 && isName(at - 2) && subjectLeft(at - 2) ? at - 2 : at - 1;
  const to = from === at - 1 && isName(at + 1) ? at + 1 : at;
  const rest = [...words.slice(0, from), MARK, ...words.slice(to + 1)].join(' ');
  if (!hasLetters(rest)) return null;
  const value = words
    .slice(from, to + 1)
    .map(bare)
    .join(' ');
  return { rest, value: [value] };
}

function tidy(name: string): string {
  return capital(name.replace(/\s+/g, ' ').trim());
}

/** «иванов» typed on a phone is still a name; titles stay as typed. */
function capital(name: string): string {
  if (new RegExp(`^${TITLE}\\s`, 'iu').test(name)) return name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
