/** The page of exams: dated, its fields known only from other clients, so that a strange row never costs the timetable. */
import { clock, clockRange, fieldIn, jsonOf, type Page, type RawLesson, SourceError, textIn } from '#source';
import { nameOf } from './parse.ts';

export type Exams = { readonly lessons: readonly RawLesson[]; readonly skipped: readonly string[] };

/** None when the site has none yet (204, 404); rows that cannot be read are named and left out. @throws SourceError */
export function readExams(page: Page | undefined): Exams {
  if (page === undefined || page.status === 204 || page.status === 404) return { lessons: [], skipped: [] };
  const data = fieldIn(jsonOf(page), 'data');
  if (data === null) return { lessons: [], skipped: [] };
  if (!Array.isArray(data)) throw new SourceError('changed', 'exams', 'the answer has no list of exams');
  const read = data.map(examOf);
  return {
    lessons: read.filter((one) => typeof one !== 'string'),
    skipped: read.filter((one) => typeof one === 'string'),
  };
}

const EXAM_HOURS = 3;

/** An exam, or why it is none. */
function examOf(row: unknown): RawLesson | string {
  const discipline = fieldIn(row, 'discipline');
  const subject = typeof discipline === 'string' ? discipline.trim() : textIn(discipline, 'fullName');
  const date = textIn(row, 'examDate');
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]00:00)/.exec(date)?.[1] ?? /^\d{1,2}\.\d{1,2}\.\d{4}$/.exec(date)?.[0];
  const time = textIn(row, 'examTime');
  const start = clock(time);
  if (subject === '' || day === undefined || (start === null && clockRange(time) === null))
    return `an exam without a name, a day or a time («${date}», «${time}»)`;
  const teacher = nameOf(row);
  return {
    day,
    ...(start === null ? { start: time } : { start, end: laterBy(start) }),
    subject,
    kind: 'экзамен',
    teachers: teacher === '' ? [] : [teacher],
    room: textIn(row, 'room'),
    ...(start === null ? {} : { note: 'Когда экзамен кончится, сайт не пишет' }),
  };
}

function laterBy(start: string): string {
  const hour = Number(start.slice(0, 2)) + EXAM_HOURS;
  return hour > 23 ? '23:59' : `${String(hour).padStart(2, '0')}:${start.slice(3)}`;
}
