/** What a comment says besides its words: markup of a page, the teacher's name, how to get into the call. */
import { clean } from './page.ts';

const MOST_TEACHERS = 20;
const LONGEST_NAME = 100;

const BREAK_TAG = /<\s*\/?\s*(?:br|p|div|li|ul|ol|tr|table|h[1-6])(?:\s[^<>]{0,500})?\/?>/gi;
const TAG = /<\s*\/?\s*(?:a|b|i|u|s|em|strong|span|font|html|head|body|td|th|tbody|o:p|img)(?:\s[^<>]{0,2000})?\/?>/gi;
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&nbsp;/gi, ' '],
  [/&quot;/gi, '"'],
  [/&laquo;/gi, '«'],
  [/&raquo;/gi, '»'],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  [/&amp;/gi, '&'],
];

/** The words of a comment that was written as a page; others are left as they are. Calendars export both. */
export function withoutMarkup(note: string): string {
  if (!/<\s*\/?[a-z]|&[a-z]{2,5};/i.test(note)) return note;
  const text = note.replace(BREAK_TAG, '\n').replace(TAG, ' ');
  return ENTITIES.reduce((words, [entity, char]) => words.replace(entity, char), text);
}

const TEACHER =
  /(?:^|\n)[^\S\n]*(?:преподавател[ьи]|преп\.?|лектор|teachers?|lecturers?|instructors?)[^\S\n]{0,9}[:—–][^\S\n]*([^\n]{2,300})/gi;
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}\s.'’()-]{1,99}$/u;

/** «Преподаватель: Иванов И. И.» in a comment is the teacher; the name leaves the comment, what follows it stays. */
export function teachersIn(note: string): { readonly teachers: readonly string[]; readonly note: string } {
  const teachers: string[] = [];
  const left = note.replace(TEACHER, (line, said: string) => {
    const parts = said.split(/([,;])/);
    let taken = 0;
    // Names go on until something that is none: «Иванов И. И., Аудитория: 404».
    while (taken < parts.length && NAME.test((parts[taken] ?? '').trim())) {
      teachers.push(clean(parts[taken] ?? '', LONGEST_NAME));
      taken += 2;
    }
    return taken === 0 ? line : `\n${parts.slice(taken).join('').trim()}`;
  });
  return { teachers: teachers.slice(0, MOST_TEACHERS), note: left.trim() };
}

const ENTRY =
  /^[^\S\n]*(?:идентификатор(?: конференции)?|код(?: доступа)?|пароль|meeting id|passcode|password)[^\S\n]{0,9}[:№-].*$/gim;

/** Takes out the number and password of a call: who has them needs no link. */
export function withoutEntry(note: string): string {
  return note.replace(ENTRY, '');
}
