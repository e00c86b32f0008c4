/** Lessons as sites print them become lessons: once for everybody; what cannot be understood is dropped, counted and explained. */
import { addDays, type Day, type Term, type Zone } from '../domain/calendar.ts';
import type { Lesson, Place, Times } from '../domain/lesson.ts';
import type { Parsed, RawLesson } from './contract.ts';
import { isCall, withoutLinks } from './door.ts';
import { clean, clock, clockRange, isDistance, knownKind, weekday, weeks } from './page.ts';

export type Normalized = {
  readonly name?: string;
  readonly zone: Zone;
  /** Dates the weekly lessons; null when the source has none. */
  readonly term: Term | null;
  /** The days read; null = all that were asked. */
  readonly covers: NonNullable<Parsed['covers']> | null;
  readonly lessons: readonly Lesson[];
  /** At most 20 sentences; a last one counts the rest. */
  readonly skipped: readonly string[];
};

const EXPLAINED = 20;
const LONGEST_NOTE = 500;

/** `fallback` is the zone when the reading names none. Never throws for what a site printed. */
export function normalize(parsed: Parsed, fallback: Zone): Normalized {
  const lessons: Lesson[] = [];
  const reasons = [...parsed.skipped];
  for (const raw of parsed.lessons) {
    const lesson = lessonOf(raw);
    if (typeof lesson === 'string') reasons.push(`«${clean(raw.subject, 60)}»: ${lesson}`);
    else lessons.push(lesson);
  }
  const more = reasons.length - EXPLAINED;
  const skipped = more > 0 ? [...reasons.slice(0, EXPLAINED), `and ${more} more`] : reasons;
  const name = clean(parsed.name ?? '', 60);
  return {
    ...(name === '' ? {} : { name }),
    zone: parsed.zone ?? fallback,
    term: parsed.term ?? null,
    covers: parsed.covers ?? null,
    lessons,
    skipped,
  };
}

function lessonOf(raw: RawLesson): Lesson | string {
  const times = timesOf(raw);
  if (typeof times === 'string') return times;
  const titled = withoutLinks(raw.subject);
  const named = nameOf(clean(titled.text));
  const subject = named.subject === '' ? clean(raw.kind ?? '') : named.subject;
  if (subject === '') return 'no subject';
  const noted = withoutLinks(raw.note ?? '');
  const told = teachersIn(noted.text);
  const teachers = (raw.teachers ?? []).map((name) => clean(name, 100)).filter((name) => name !== '');
  const kind = clean(raw.kind ?? '', 60);
  const numbered = /^\d{1,2}$/.test(raw.number?.trim() ?? '') ? Number(raw.number) : null;
  return {
    subject,
    kind: kind === '' ? named.kind : (knownKind(kind) ?? kind),
    teachers: teachers.length > 0 ? teachers : told.teachers,
    place: placeOf(raw, told.note, [...titled.links, ...noted.links].filter(isCall)),
    subgroup: clean(raw.subgroup ?? '', 30) || named.subgroup,
    number: numbered,
    note: clean(told.note, LONGEST_NOTE),
    cancelled: raw.cancelled === true,
    times,
    sourceId: clean(raw.id ?? '', 200),
  };
}

/** Where it is held. A link in the room is the way in; one elsewhere only when it leads to a call. */
function placeOf(raw: RawLesson, note: string, calls: readonly string[]): Place {
  const printed = withoutLinks(raw.room ?? '');
  const place = clean(printed.text, 120).replace(/^[\s,;–-]+|[\s,;–-]+$/g, '');
  const distance = isDistance(place) || isDistance(note);
  const room = distance ? '' : place;
  const own = withoutLinks(raw.link ?? '').links;
  const link = [...printed.links, ...own.filter((one) => isCall(one) || distance), ...calls][0] ?? '';
  if (distance || (link !== '' && room === '')) return { room: '', link, format: 'remote' };
  return { room, link, format: link === '' ? 'onsite' : 'hybrid' };
}

function timesOf(raw: RawLesson): Times | string {
  const range = raw.end === undefined ? clockRange(raw.start ?? '') : null;
  const start = raw.allDay === true ? '00:00' : (range?.start ?? clock(raw.start ?? ''));
  const end = raw.allDay === true ? '00:00' : (range?.end ?? clock(raw.end ?? ''));
  if (start === null || end === null) return `no time in «${clean(`${raw.start ?? ''} ${raw.end ?? ''}`, 40)}»`;
  if (raw.day !== undefined) {
    const day = dayOf(raw.day);
    if (day === null) return `no date in «${clean(raw.day, 40)}»`;
    const endDay = raw.endDay === undefined ? (raw.allDay === true ? addDays(day, 1) : day) : dayOf(raw.endDay);
    if (endDay === null || `${endDay}T${end}` < `${day}T${start}`) return 'ends before it starts';
    return { on: 'day', day, start, endDay, end, allDay: raw.allDay === true };
  }
  const on = weekday(raw.weekday ?? '');
  if (on === null) return `no day in «${clean(raw.weekday ?? '', 40)}»`;
  const every = weeks(raw.weeks ?? '');
  if (every === null) return `no weeks in «${clean(raw.weeks ?? '', 40)}»`;
  if (end <= start) return 'ends before it starts';
  return { on: 'weekly', weekday: on, weeks: every, start, end };
}

/** `2026-09-14` or «14.09.2026»; null when there is no such day. */
function dayOf(text: string): Day | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  if (found === null) return null;
  const [, a = '', b = '', c = ''] = found;
  const day = a.length === 4 ? `${a}-${b}-${c}` : `${c}-${b.padStart(2, '0')}-${a.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : day;
}

const SUBGROUP =
  /[\s,;(]*(?:(?:п\/г|подгруппа|подгр\.?|subgroup)\s*№?\s*(\d{1,2})|(\d{1,2})\s*(?:п\/г|подгр(?:уппа|\.)?))\)?\s*$/i;
const KIND_AFTER = /\s*(?:[([]([^()[\]]{1,40})[)\]]|[,–-]\s*([^\s,–-][^,–()-]{0,39}))\s*$/;
const KIND_BEFORE = /^([a-zа-яё/]{2,14})(?:\.\s*|\s+)(?=\S)/i;

/** Takes the kind and the subgroup out of a title where they stand clearly: «Физика (лаб.), п/г 1», «лек. Физика». */
function nameOf(title: string): { subject: string; kind: string; subgroup: string } {
  const subgrouped = SUBGROUP.exec(title);
  const subgroup = subgrouped?.[1] ?? subgrouped?.[2] ?? '';
  const bare = subgrouped === null ? title : title.slice(0, subgrouped.index).trim();
  const after = KIND_AFTER.exec(bare);
  const kindAfter = knownKind(after?.[1] ?? after?.[2] ?? '');
  if (after !== null && kindAfter !== null && after.index > 0)
    return { subject: bare.slice(0, after.index), kind: kindAfter, subgroup };
  const before = KIND_BEFORE.exec(bare);
  const kindBefore = isShort(before?.[1] ?? '') ? knownKind(before?.[1] ?? '') : null;
  if (before !== null && kindBefore !== null)
    return { subject: bare.slice(before[0].length), kind: kindBefore, subgroup };
  return { subject: bare === '' ? title : bare, kind: '', subgroup };
}

/** «лек Физика» names a kind, «Практика чтения» and «Семинар по истории» name a subject. */
function isShort(word: string): boolean {
  return /^(лек|лк|пр|пз|лаб|лр|сем|зач|экз|конс|практ)$/i.test(word);
}

const TEACHER =
  /(?:^|\n)\s*(?:преподавател[ьи]|преп\.?|лектор|teachers?|lecturers?|instructors?)\s*:\s*([^\n]{2,200})/i;

/** «Преподаватель: Иванов И. И.» in a comment is the teacher; the line leaves the comment. */
function teachersIn(note: string): { teachers: string[]; note: string } {
  const found = TEACHER.exec(note);
  if (found === null) return { teachers: [], note };
  const teachers = (found[1] ?? '').split(/[,;]/).map((name) => clean(name, 100));
  return { teachers: teachers.filter((name) => name !== ''), note: note.replace(found[0], '') };
}
