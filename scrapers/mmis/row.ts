/** One row of the answer as the site prints it; fields that nobody reads here never leave the answer. */
import { addDays, clean, type Day, type Fields, sameName, textIn, wholeIn } from '#source';
import { titleOf } from './title.ts';

export type Row = {
  readonly id: string;
  readonly day: Day;
  readonly start: string;
  readonly end: string;
  readonly number: string;
  readonly kind: string;
  readonly subject: string;
  readonly subgroup: string;
  readonly room: string;
  readonly link: string;
  readonly teachers: readonly string[];
  readonly groups: readonly string[];
  /** Another teacher the site names for the same lesson, '' when there is none. */
  readonly other: string;
  /** «замена»: the site itself marks it as changed. */
  readonly changed: boolean;
  /** Lines for people. */
  readonly notes: readonly string[];
  /** «типНедели»: 0 every week, 1 above the line, 2 below; on dated sites the number of the week. */
  readonly week: number;
};

/** The row, or why it is none. `distance`: parts of a room that mean a lesson at a distance. */
export function rowOf(fields: Fields, distance: readonly string[]): Row | string {
  const day = (textIn(fields, 'дата') || textIn(fields, 'датаНачала')).slice(0, 10);
  const title = titleOf(textIn(fields, 'дисциплина'), wholeIn(fields, 'номерПодгруппы') ?? 0);
  if (title.subject === '') return `a row of ${day || 'no day'} has no subject`;
  if (!isDay(day)) return `«${clean(title.subject, 60)}»: no date`;
  const { teacher, other } = teacherOf(textIn(fields, 'преподаватель'), textIn(fields, 'фиоПреподавателя'));
  const { room, said } = roomOf(textIn(fields, 'аудитория'), distance);
  const topic = textIn(fields, 'тема');
  const instead = substitution(fields);
  return {
    id: textIn(fields, 'код'),
    day,
    start: textIn(fields, 'начало') || textIn(fields, 'датаНачала').slice(11, 16),
    end: textIn(fields, 'конец') || textIn(fields, 'датаОкончания').slice(11, 16),
    number: textIn(fields, 'номерЗанятия'),
    ...title,
    room,
    link: textIn(fields, 'ссылка'),
    teachers: teacher === '' ? [] : [teacher],
    other,
    groups: [textIn(fields, 'группа')].filter((group) => group !== ''),
    changed: instead !== '',
    notes: [instead, topic === '' ? '' : `Тема: ${topic}`, textIn(fields, 'custom1'), said].filter(
      (line) => line !== '',
    ),
    week: wholeIn(fields, 'типНедели') ?? 0,
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && addDays(text, 0) === text;
}

/** «замена» is a flag; on old servers it is text. */
function substitution(fields: Fields): string {
  if (fields.замена === true) return 'Замена';
  const text = textIn(fields, 'замена');
  if (text === '' || /^(?:0|false|нет)$/i.test(text)) return '';
  return /^(?:1|true|да|замена)$/i.test(text) ? 'Замена' : `Замена: ${text}`;
}

/**
 * Two fields name the teacher. One person (the same surname, and no other initial): the longer spelling. Two: «преподаватель»,
 * which the row's teacher id belongs to; the other is told in words, since the site does not say which is right.
 */
function teacherOf(first: string, second: string): { teacher: string; other: string } {
  const [main, short] = [first, second].map(named);
  if (main === undefined || short === undefined || main === '' || short === '')
    return { teacher: main || short || '', other: '' };
  const [surname = '', initial = ''] = main.split(/\s+/);
  const [itsSurname = '', itsInitial = ''] = short.split(/\s+/);
  const same = sameName(surname, itsSurname) && (initial === '' || itsInitial === '' || initial[0] === itsInitial[0]);
  if (same) return { teacher: short.length > main.length ? short : main, other: '' };
  return { teacher: main, other: short };
}

/** «Орлова В. ..» has dots where a second name is missing; a dash stands for nobody. */
function named(text: string): string {
  const name = text.replace(/(?:\s+\.+)+$/, '');
  return /\p{L}{2}/u.test(name) ? name : '';
}

/** Less than two characters name no room. A mark of this university's own for distance is put into common words, and kept. */
function roomOf(text: string, distance: readonly string[]): { room: string; said: string } {
  if (text.length < 2) return { room: '', said: '' };
  const marked = distance.some((mark) => text.toLowerCase().includes(mark.toLowerCase()));
  return marked ? { room: 'дистанционно', said: text } : { room: text, said: '' };
}
