/** The template of a group: a weekday, a slot with times of its own, «all», «ch» (числитель) or «zn» (знаменатель). */
import { fieldIn, jsonOf, listIn, type Page, type RawLesson, refuseStatus, SourceError, textIn } from '#source';

export type Template = {
  /** «ИУ1-21Б». */
  readonly title: string;
  /** Empty = not published yet. */
  readonly lessons: readonly RawLesson[];
  readonly skipped: readonly string[];
};

/** @throws SourceError */
export function readTemplate(page: Page, id: string): Template {
  refuseStatus(page);
  const nothing = { title: '', lessons: [], skipped: [] };
  if (page.status === 204) return nothing;
  const answer = jsonOf(page);
  const data = fieldIn(answer, 'data');
  const rows = fieldIn(data, 'schedule');
  // «Not published yet» is seen as 204 and as an empty list; it is the same wherever in the answer nothing stands.
  if ([answer, data, rows].some((part) => part === null || (Array.isArray(part) && part.length === 0)))
    return { ...nothing, title: textIn(data, 'title') };
  if (!Array.isArray(rows)) throw new SourceError('changed', 'shape', 'the answer has no schedule');
  const lessons = rows.map((row) => lessonOf(row, id)).filter((one) => one !== null);
  if (rows.length > 0 && lessons.length === 0)
    throw new SourceError('changed', 'rows', `none of ${rows.length} rows is readable`);
  const lost = rows.length - lessons.length;
  return {
    title: textIn(data, 'title'),
    lessons,
    skipped: lost === 0 ? [] : [`${lost} rows without a weekday, a time or a name`],
  };
}

const WEEKS: Readonly<Record<string, string>> = { all: '', ch: 'числитель', zn: 'знаменатель' };

function lessonOf(row: unknown, id: string): RawLesson | null {
  const discipline = fieldIn(row, 'discipline');
  const subject = textIn(discipline, 'fullName') || textIn(discipline, 'shortName') || textIn(discipline, 'abbr');
  const [weekday, start, end] = [textIn(row, 'day'), textIn(row, 'startTime'), textIn(row, 'endTime')];
  if (subject === '' || weekday === '' || start === '' || end === '') return null;
  const week = textIn(row, 'week');
  const kind = textIn(discipline, 'actType');
  return {
    weekday,
    weeks: WEEKS[week] ?? week,
    number: textIn(row, 'time'),
    start,
    end,
    subject,
    // «generated» is a row that the site made itself («Самостоятельная работа»), no kind.
    kind: kind === 'generated' ? '' : kind,
    teachers: listIn(row, 'teachers').map(nameOf),
    room: roomsOf(listIn(row, 'audiences')),
    subgroup: subgroupOf(fieldIn(row, 'stream'), id),
    note: hiddenTime(subject, start, end),
  };
}

/** «Фамилия Имя Отчество», of which the answer gives the parts. */
export function nameOf(person: unknown): string {
  const parts = ['lastName', 'firstName', 'middleName'].map((part) => textIn(person, part));
  return parts.filter((part) => part !== '').join(' ');
}

/** «305х, 211х (B1 ХимЛаб)»: a building is named once after its rooms. */
function roomsOf(audiences: readonly unknown[]): string {
  const buildings = new Map<string, string[]>();
  for (const one of audiences) {
    const [name, building] = [textIn(one, 'name'), textIn(one, 'building')];
    if (name !== '') buildings.set(building, [...(buildings.get(building) ?? []), name]);
  }
  return [...buildings]
    .map(([building, names]) => (building === '' ? names.join(', ') : `${names.join(', ')} (${building})`))
    .join(', ');
}

/** Flags of the asked group in the stream: only the first half of it, only the second, or all. */
function subgroupOf(stream: unknown, id: string): string {
  const own = listIn(stream, 'groups').find((one) => textIn(one, 'groupUuid').toLowerCase() === id);
  const [first, second] = [isSet(fieldIn(own, 'sub1')), isSet(fieldIn(own, 'sub2'))];
  if (first === second) return '';
  return first ? '1' : '2';
}

function isSet(flag: unknown): boolean {
  return flag === true || (typeof flag === 'number' && flag !== 0);
}

/** «ФКиС 11:10 Измайлово» stands at 11:50 in the grid: which of them holds is not ours to decide. */
function hiddenTime(subject: string, start: string, end: string): string {
  const named = /(?:^|\s)(\d{1,2}:\d{2})(?=\s|$)/.exec(subject)?.[1];
  return named === undefined || named === start ? '' : `В названии время ${named}, в сетке сайта ${start}–${end}`;
}
