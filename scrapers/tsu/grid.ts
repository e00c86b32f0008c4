/** The dated grid of InTime: days, in each of them slots, most of which are empty. */
import { DateTime } from 'luxon';
import {
  type Day,
  fieldIn,
  jsonOf,
  listIn,
  type Page,
  type Parsed,
  type RawLesson,
  SourceError,
  type Span,
  textIn,
  type Zone,
} from '#source';
import type { Target } from './target.ts';

export const TOMSK: Zone = 'Asia/Tomsk';

/** @throws SourceError */
export function readGrid(page: Page, target: Target, span: Span): Parsed {
  const answer = jsonOf(page);
  // The older address answers with the bare list of days.
  const days = Array.isArray(answer) ? answer : fieldIn(answer, 'grid');
  if (!Array.isArray(days)) throw new SourceError('changed', 'shape', 'the answer has no grid of days');
  const read = days.flatMap((day) => slotsOf(day)).map(({ day, slot }) => lessonOf(slot, day, target));
  const lessons = read.filter((one) => typeof one !== 'string');
  const skipped = read.filter((one) => typeof one === 'string');
  if (read.length > 0 && lessons.length === 0)
    throw new SourceError('changed', 'rows', `none of ${read.length} lessons is readable: ${skipped[0]}`);
  const asked = lessons.filter(({ day = '' }) => day >= span.from && day < span.to);
  if (lessons.length > 0 && asked.length === 0 && !lessons.some(({ day }) => day === span.to))
    throw new SourceError('changed', 'dates', 'the answer is about other days');
  return { ...(target.name === '' ? {} : { name: target.name }), zone: TOMSK, lessons: asked, skipped };
}

/** The slots that hold something. @throws SourceError `changed` for what is no day of a grid */
function slotsOf(day: unknown): readonly { readonly day: Day; readonly slot: unknown }[] {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(textIn(day, 'date'))?.[0];
  const slots = fieldIn(day, 'lessons') ?? [];
  if (date === undefined || !Array.isArray(slots))
    throw new SourceError('changed', 'shape', 'a day of the grid is none');
  return slots.filter((slot) => textIn(slot, 'type') !== 'EMPTY').map((slot) => ({ day: date, slot }));
}

/** A lesson, or why it is none. */
function lessonOf(slot: unknown, day: Day, target: Target): RawLesson | string {
  const subject = textIn(slot, 'title');
  if (subject === '') return `${day}: a slot of type «${textIn(slot, 'type')}» without a title`;
  const [start, end] = [momentOf(day, fieldIn(slot, 'starts')), momentOf(day, fieldIn(slot, 'ends'))];
  if (start === null || end === null || end <= start) return `${day}, «${subject}»: no time`;
  const groups = listIn(slot, 'groups').map(groupOf);
  const teacher = textIn(fieldIn(slot, 'professor'), 'fullName');
  const id = textIn(slot, 'id');
  return {
    ...(id === '' ? {} : { id }),
    day: start.toFormat('yyyy-MM-dd'),
    endDay: end.toFormat('yyyy-MM-dd'),
    start: start.toFormat('HH:mm'),
    end: end.toFormat('HH:mm'),
    number: textIn(slot, 'lessonNumber'),
    subject,
    kind: kindOf(textIn(slot, 'lessonType')),
    teachers: teacher === '' ? [] : [teacher],
    room: roomOf(fieldIn(slot, 'audience')),
    subgroup: target.kind === 'group' ? subgroupOf(groups, target) : '',
    note: target.kind === 'group' || groups.length === 0 ? '' : `Группы: ${groups.map((one) => one.name).join(', ')}`,
  };
}

const DAY_SECONDS = 86_400;

/** Seconds from the UTC midnight of the day, as a moment on the clocks of Tomsk; a lesson before 7:00 there has a negative number. */
function momentOf(day: Day, seconds: unknown): DateTime | null {
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || Math.abs(seconds) > 2 * DAY_SECONDS) return null;
  const at = DateTime.fromISO(day, { zone: 'utc' }).plus({ seconds }).setZone(TOMSK);
  return at.isValid ? at : null;
}

/** «LECTURE», «LAB» and the like are English words known to everybody; this one is not. */
function kindOf(type: string): string {
  return type.toUpperCase() === 'CONTROL_WORK' ? 'контрольная работа' : type;
}

/** «302 (2) Учебная аудитория» names its building itself. */
function roomOf(audience: unknown): string {
  const name = textIn(audience, 'name') || textIn(audience, 'shortName');
  const building = textIn(fieldIn(audience, 'building'), 'name');
  return name === '' || building === '' || name.includes('(') ? name : `${name}, ${building}`;
}

export type Group = { readonly id: string; readonly name: string; readonly isSubgroup: boolean };

export function groupOf(value: unknown): Group {
  return { id: textIn(value, 'id'), name: textIn(value, 'name'), isSubgroup: fieldIn(value, 'isSubgroup') === true };
}

const LETTER = /\s*\(\s*([^()]{1,10}?)\s*\)\s*$/;

/** «932603 (б)» -> «932603». */
export function wholeGroup(name: string): string {
  return name.replace(LETTER, '').trim();
}

/** The subgroup of the asked group in a lesson of several; '' where the lesson is for all of it. */
function subgroupOf(groups: readonly Group[], { id, name }: Target): string {
  const whole = wholeGroup(name);
  const own = groups.filter((one) => one.id.toLowerCase() === id || (whole !== '' && wholeGroup(one.name) === whole));
  const meant = own.length > 0 ? own : groups;
  if (meant.some((one) => !one.isSubgroup)) return '';
  const letters = new Set(meant.map((one) => LETTER.exec(one.name)?.[1] ?? ''));
  return letters.size === 1 ? ([...letters][0] ?? '') : '';
}
