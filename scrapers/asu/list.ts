/** `list.json`: the timetable of a group, a teacher or a room, and the lists that lead to them. */
import { fieldIn, listIn, type Page, type Parsed, type RawLesson, SourceError, textIn } from '#source';
import { readJson } from './challenge.ts';
import { kindOf, type Named, within } from './found.ts';
import type { Target, View, Window } from './target.ts';

/**
 * The `records` of one part of an answer; none where the part says so.
 * @throws SourceError `blocked` when the site answers with a message in place of the part: the token is missing or wrong
 */
function records(page: Page, part: string): readonly unknown[] {
  const answer = readJson(page);
  const found = fieldIn(answer, part);
  const said = textIn(answer, 'error') || textIn(answer, 'message');
  if (found === undefined && said !== '') {
    if (/не найден|not found/i.test(said)) throw new SourceError('unknown-param', 'message', `no ${part}: not found`);
    throw new SourceError('blocked', 'token', `no ${part} but a message: the token is missing, wrong or withdrawn`);
  }
  // An empty list may come as an object without records, or as a bare empty list.
  const rows = fieldIn(found, 'records') ?? (Array.isArray(found) || textIn(found, 'rows') === '0' ? [] : undefined);
  if (!Array.isArray(rows)) throw new SourceError('changed', 'shape', `the answer has no list of ${part}`);
  return rows;
}

/** @throws SourceError */
export function readList(page: Page, { view, name }: Target, path: string, window: Window): Parsed {
  const rows = records(page, 'schedule');
  const lessons: RawLesson[] = [];
  const skipped: string[] = [];
  for (const [at, row] of rows.entries()) {
    const lesson = lessonOf(row, view, path);
    if (lesson === null) skipped.push(`record ${at + 1} has no date`);
    else lessons.push(withTimeAbove(lesson, lessons.at(-1)));
  }
  const own = rows.flatMap((row) => groupsOf(row)).find((one) => one.id === ownId(path))?.name ?? '';
  const shown = name === '' && view === 'students' ? own : name;
  return within(window, { ...(shown === '' ? {} : { name: shown }), lessons, skipped }, rows.length);
}

function lessonOf(row: unknown, view: View, path: string): (RawLesson & { readonly day: string }) | null {
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(textIn(row, 'lessonDate'));
  if (date === null) return null;
  const groups = groupsOf(row);
  const subgroup = view === 'students' ? subgroupOf(groups, ownId(path)) : '';
  const who = view === 'students' ? '' : groups.map((one) => `${one.name} ${one.subgroup}`.trim()).join(', ');
  const note = [textIn(row, 'lessonCommentary'), who === '' ? '' : `Группы: ${who}`].filter((part) => part !== '');
  const code = textIn(fieldIn(row, 'lessonBuilding'), 'buildingCode');
  const room = [textIn(fieldIn(row, 'lessonRoom'), 'roomTitle'), code === NO_BUILDING ? '' : code];
  return {
    day: date.slice(1).join('-'),
    start: textIn(row, 'lessonTimeStart'),
    end: textIn(row, 'lessonTimeEnd'),
    number: textIn(row, 'lessonNum'),
    subject: textIn(fieldIn(row, 'lessonSubject'), 'subjectTitle'),
    kind: kindOf(textIn(row, 'lessonSubjectType')),
    teachers: listIn(row, 'lessonLecturers').map((one) => textIn(one, 'lecturerName')),
    room: room.join(' ').trim(),
    subgroup,
    note: note.join('\n'),
  };
}

/** The site's way to say «no building». */
const NO_BUILDING = '`';

/** Without number and time a record belongs to the pair above it, as a row of the page does. */
function withTimeAbove(lesson: RawLesson, above: RawLesson | undefined): RawLesson {
  if (lesson.number !== '' || lesson.start !== '' || above === undefined || above.day !== lesson.day) return lesson;
  const { number = '', start = '', end = '' } = above;
  return { ...lesson, number, start, end };
}

type Group = { readonly id: string; readonly name: string; readonly subgroup: string };

function groupsOf(row: unknown): readonly Group[] {
  return listIn(row, 'lessonGroups').map((one) => {
    const group = fieldIn(one, 'lessonGroup');
    return { id: textIn(group, 'groupId'), name: textIn(group, 'groupCode'), subgroup: textIn(one, 'lessonSubGroup') };
  });
}

/** A lesson that names two subgroups of the group is for all of it. */
function subgroupOf(groups: readonly Group[], id: string): string {
  const own = new Set(groups.filter((one) => one.id === id).map((one) => one.subgroup));
  return own.size === 1 ? ([...own][0] ?? '') : '';
}

function ownId(path: string): string {
  return path.split('/').at(-1) ?? '';
}

/** What a page of the tree lists: the top of a branch names its parts, the last level names timetables. @throws SourceError */
export function listed(page: Page, view: View, path: string): readonly Named[] {
  const level = path === '' ? 0 : path.split('/').length;
  const under = path === '' ? '' : `${path}/`;
  if (view === 'students' && level === 1) return found(page, view);
  if (view === 'lecturers' && level === 2) return found(page, view);
  const [part, id, title] = PARTS[view][level] ?? ['faculties', 'facultyId', 'facultyTitle'];
  return records(page, part).map((row) => ({ name: textIn(row, title), path: `${under}${textIn(row, id)}` }));
}

const PARTS: Readonly<Record<View, readonly (readonly [part: string, id: string, title: string])[]>> = {
  students: [['faculties', 'facultyId', 'facultyTitle']],
  lecturers: [
    ['faculties', 'facultyId', 'facultyTitle'],
    ['chairs', 'chairId', 'chairTitle'],
  ],
  rooms: [
    ['buildings', 'buildingId', 'buildingCode'],
    ['rooms', 'roomId', 'roomTitle'],
  ],
};

/** Groups or teachers with the numbers of their pages: an answer to a search or the last level of the tree. @throws SourceError */
export function found(page: Page, view: View): readonly Named[] {
  const [part, name] = view === 'students' ? ['groups', 'groupCode'] : ['lecturers', 'lecturerName'];
  return records(page, part).map((row) => ({
    name: textIn(row, name),
    path: textIn(row, 'path').replace(/^\/+|\/+$/g, ''),
  }));
}
