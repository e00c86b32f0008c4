/** One cell of a grid to the lessons it tells of, in the way its layout says. */
import type { Layout } from './layout.ts';
import { spelledOut, subgroupIn, type Told, toldIn, withoutSubgroups } from './people.ts';
import { inCycle, listedFirst, type Weeks } from './weeks.ts';

/** What stands in the cell, in the row below that goes on with it, and beside it. */
export type Words = {
  readonly text: string;
  readonly more: string;
  readonly kind: string;
  readonly teacher: string;
  readonly room: string;
  readonly link: string;
};

export type CellLesson = Told & { readonly link: string; readonly weeks: Weeks };

/** `own` are the weeks that the cell's rows stand for, `all` those of the semester. */
export function lessonsIn(
  words: Words,
  layout: Layout,
  { own, all }: { own: Weeks; all: Weeks },
): readonly CellLesson[] {
  if (layout.remarks?.test(words.text.trim())) return [];
  const parts = layout.cell === 'columns' ? columns(words) : [words];
  return parts.flatMap((part) => {
    if (layout.weeksInside === 'parts') return halves(part, layout, own);
    const listed = layout.weeksInside === 'numbers' ? listedFirst(part.text, all) : null;
    const weeks = listed === null ? own : own.filter((week) => listed.weeks.includes(week));
    return told({ ...part, text: listed?.rest ?? part.text }, layout).map((one) => ({
      ...one,
      weeks,
      link: part.link,
    }));
  });
}

/** A lesson begins where weeks are listed; the columns beside are split alike where they have as many lines. */
const BEGINS = /\n+(?=(?:кр(?:оме)?\.?\s?)?\d[\d,\s–-]*н(?:ед)?[.\s])/i;

function columns(words: Words): readonly Words[] {
  const texts = words.text.split(BEGINS);
  const beside = (column: string, at: number) => {
    const lines = column
      .split(/\n+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return texts.length > 1 && lines.length === texts.length ? (lines[at] ?? '') : lines.join(', ');
  };
  return texts.map((text, at) => ({
    text,
    more: '',
    kind: beside(words.kind, at),
    teacher: beside(words.teacher, at),
    room: beside(words.room, at),
    link: beside(words.link, at),
  }));
}

/** The full stop is forgotten as often as it is written twice. */
const PART = /(?<![\d.])(\d) ?(н(?=[\s.])|п\/г)[\s.]*/g;

/** «1 н. ОБЖ Петров И.В. 2 н. ИСТОРИЯ Орлова А.А.», «1 п/г … 2 п/г …»: a dash is nothing. Rooms stand beside, «058 / 502». */
function halves(words: Words, layout: Layout, own: Weeks): readonly CellLesson[] {
  const marks = [...words.text.matchAll(PART)].filter(
    ({ index }) => index === 0 || words.text[index - 1] === ' ' || words.text[index - 1] === '\n',
  );
  if (marks.length === 0 || marks[0]?.index !== 0)
    return told(words, layout).map((one) => ({ ...one, weeks: own, link: words.link }));
  const parts = marks.map((mark, at) => ({
    place: Number(mark[1]),
    weekly: mark[2] === 'н',
    text: words.text.slice(mark.index + mark[0].length, marks[at + 1]?.index ?? words.text.length).trim(),
  }));
  const taught = parts.filter(({ text }) => /\p{L}/u.test(text));
  const rooms = roomsOf(
    words.room,
    taught.map(({ text }) => told({ ...words, text }, layout).flatMap(({ teachers }) => teachers).length),
  );
  return taught.flatMap(({ place, weekly, text }, at) => {
    const room = rooms[at] ?? '';
    const weeks = weekly ? own.filter((week) => inCycle(own, layout.cycle, [place]).includes(week)) : own;
    return told({ ...words, text, room }, layout).map((one) => ({
      ...one,
      weeks,
      link: words.link,
      subgroup: weekly || one.subgroup !== '' ? one.subgroup : String(place),
    }));
  });
}

/**
 * The rooms of each part, by the teachers each has: one each in order, or as many as there are teachers in all. Any other number
 * says nothing about whose they are: then every part has them as printed.
 */
function roomsOf(printed: string, teachers: readonly number[]): readonly string[] {
  const rooms = printed.split(/\s*\/\s*/);
  if (rooms.length === teachers.length && teachers.every((count) => count < 2)) return rooms;
  const ends = teachers.map((_, at) => teachers.slice(0, at + 1).reduce((sum, count) => sum + count, 0));
  const owned = rooms.length === ends.at(-1) && teachers.every((count) => count > 0);
  return teachers.map((count, at) => (owned ? rooms.slice((ends[at] ?? 0) - count, ends[at]) : rooms).join(' / '));
}

function told(words: Words, layout: Layout): readonly Told[] {
  return read(words, layout).map((one) => ({ ...one, teachers: one.teachers.map(withFullStop) }));
}

/** «Орлова В.П» is «Орлова В.П.»: the same teacher written twice is no other teacher. */
function withFullStop(name: string): string {
  return name.replace(/(?<=\s\p{Lu}\.\s?\p{Lu})$/u, '.');
}

function read(words: Words, layout: Layout): readonly Told[] {
  const text = `${words.text} ${words.more}`
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 600)
    .replace(layout.drop ?? /$^/, '');
  if (!/\p{L}/u.test(text)) return [];
  if (layout.cell === 'words') return toldIn(text, words.room);
  const { room, note } = { room: words.room, note: '' };
  if (layout.cell === 'columns') {
    const subgroup = subgroupIn(text);
    const teachers = words.teacher
      .split(/[,;\n]/)
      .map((name) => name.trim())
      .filter((name) => /\p{Lu}/u.test(name));
    const subject = withoutSubgroups(text).replace(/[\s,]+$/, '');
    return [{ subject, kind: spelledOut(words.kind), teachers, subgroup, room, note }];
  }
  const found = layout.cell.exec(text)?.groups;
  const named = (part: string) => (found?.[part] ?? '').trim();
  const teachers = named('teacher')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const subject = found === undefined ? text : named('subject');
  return [{ subject, kind: named('kind'), teachers, subgroup: '', room: room || named('room'), note }];
}
