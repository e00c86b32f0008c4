/** Lessons as sites print them become lessons: once for everybody; what cannot be understood is dropped, counted and explained. */
import { addDays, type Day, isZone, parseDay, type Term, type Zone } from '../domain/calendar.ts';
import type { Lesson, Place, Times } from '../domain/lesson.ts';
import type { Parsed, RawLesson } from './contract.ts';
import { isCall, withoutLinks } from './door.ts';
import { isDistance, knownKind } from './kind.ts';
import { teachersIn, withoutEntry, withoutMarkup } from './note.ts';
import { clean, clock, clockRange, visible, weekday, weeks } from './page.ts';
import { readTitle, subgroupOf, type Title } from './title.ts';

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
/** Characters a field may hold; none is over what an editor may write (domain/lesson.ts). */
const LONGEST = { subject: 200, kind: 60, teacher: 100, room: 120, link: 2000, subgroup: 30, note: 500, id: 200 };
const MOST_TEACHERS = 20;

/** A title and the links found in it. */
type Read = Title & { readonly links: readonly string[] };

/** `fallback` is the zone when the reading names none. Never throws for what a site printed. */
export function normalize(parsed: Parsed, fallback: Zone): Normalized {
  const lessons: Lesson[] = [];
  const reasons = parsed.skipped.map((reason) => plain(reason, 300));
  // A term repeats its titles and days hundreds of times.
  const known = { title: remembered(titleOf), day: remembered(dayOf) };
  for (const raw of parsed.lessons) {
    const lesson = lessonOf(raw, known);
    if (typeof lesson === 'string') reasons.push(`«${plain(raw.subject, 60)}»: ${lesson}`);
    else lessons.push(lesson);
  }
  const zone = parsed.zone ?? fallback;
  if (!isZone(zone)) reasons.unshift(`no zone is called «${plain(zone, 40)}»`);
  const term = parsed.term === undefined || isTerm(parsed.term) ? (parsed.term ?? null) : null;
  if (parsed.term !== undefined && term === null) reasons.unshift('the term has no such days');
  const covers = parsed.covers ?? null;
  if (covers !== null && !isTerm({ start: covers.from, end: covers.to, week1: covers.from }))
    throw new Error(`a reading can not cover ${covers.from} to ${covers.to}`);
  const more = reasons.length - EXPLAINED;
  const skipped = more > 0 ? [...reasons.slice(0, EXPLAINED), `and ${more} more`] : reasons;
  const name = plain(parsed.name ?? '', 60);
  return { ...(name === '' ? {} : { name }), zone: isZone(zone) ? zone : fallback, term, covers, lessons, skipped };
}

/** What reads texts that come again and again. */
type Known = { readonly title: (text: string) => Read; readonly day: (text: string) => Day | null };

function remembered<T>(read: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const answer = answers.get(text);
    if (answer !== undefined || answers.has(text)) return answer as T;
    const fresh = read(text);
    answers.set(text, fresh);
    return fresh;
  };
}

function titleOf(subject: string): Read {
  const { text, links } = withoutLinks(visible(subject));
  return { ...readTitle(clean(text, LONGEST.subject)), links };
}

/** Clean text without any link. */
function plain(text: string, max: number): string {
  return clean(withoutLinks(visible(text)).text, max);
}

function isTerm({ start, end, week1 }: Term): boolean {
  return [start, end, week1].every((day) => parseDay(day) !== null) && start <= end;
}

function lessonOf(raw: RawLesson, known: Known): Lesson | string {
  const times = timesOf(raw, known.day);
  if (typeof times === 'string') return times;
  const title = known.title(raw.subject);
  const kind = plain(raw.kind ?? '', LONGEST.kind);
  const subject = title.subject === '' ? kind : title.subject;
  if (subject === '') return 'no subject';
  const noted = linkless(raw.note ?? '');
  const told = teachersIn(noted.text);
  const teachers = (raw.teachers ?? []).map((name) => plain(name, LONGEST.teacher)).filter((name) => name !== '');
  const place = placeOf(raw, { title, note: told.note, links: noted.links });
  const numbered = /^№?\s*(\d{1,2})(?:\s*-?\s*я)?(?:\s*(?:пара|урок))?\.?$/i.exec(raw.number?.trim() ?? '');
  const subgroup = plain(raw.subgroup ?? '', LONGEST.subgroup);
  return {
    subject,
    kind: kind === '' ? title.kind : (knownKind(kind) ?? kind),
    teachers: (teachers.length > 0 ? teachers : told.teachers).slice(0, MOST_TEACHERS),
    place,
    subgroup: subgroup === '' ? title.subgroup : (subgroupOf(subgroup) ?? subgroup),
    number: numbered === null ? null : Number(numbered[1]),
    note: clean(place.link === '' ? told.note : withoutEntry(told.note), LONGEST.note),
    cancelled: raw.cancelled === true || title.cancelled,
    times,
    sourceId: clean(raw.id ?? '', LONGEST.id),
  };
}

/** A comment without links, then without markup, in which another link may have been hidden. */
function linkless(note: string): { readonly text: string; readonly links: readonly string[] } {
  const outer = withoutLinks(visible(note));
  const words = withoutMarkup(outer.text);
  if (words === outer.text) return outer;
  const inner = withoutLinks(visible(words));
  return { text: inner.text, links: [...outer.links, ...inner.links] };
}

/** Where it is held. A call is the way in wherever it stands; another link only alone in the room, or when the lesson is at a distance. */
function placeOf(
  raw: RawLesson,
  said: { readonly title: Read; readonly note: string; readonly links: readonly string[] },
): Place {
  const printed = withoutLinks(visible(raw.room ?? ''));
  const place = clean(printed.text, LONGEST.room).replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, '');
  const distance = isDistance(place) || isDistance(said.note) || said.title.distance;
  const room = isDistance(place) ? '' : place;
  const own = withoutLinks(visible(raw.link ?? '')).links;
  const all = [...printed.links, ...own, ...said.title.links, ...said.links].filter(
    (link) => link.length <= LONGEST.link,
  );
  const call = all.find(isCall);
  const link =
    call ?? (distance ? all[0] : room === '' ? printed.links.find((one) => all.includes(one)) : undefined) ?? '';
  if (distance || (link !== '' && room === '')) return { room: '', link, format: 'remote' };
  return { room, link, format: link === '' ? 'onsite' : 'hybrid' };
}

function timesOf(raw: RawLesson, dayOf: Known['day']): Times | string {
  const allDay = raw.allDay === true;
  const range = (raw.end ?? '').trim() === '' ? clockRange(raw.start ?? '') : null;
  const start = allDay ? '00:00' : (range?.start ?? clock(raw.start ?? ''));
  const end = allDay ? '00:00' : (range?.end ?? clock(raw.end ?? ''));
  if (start === null || end === null) return `no time in «${plain(`${raw.start ?? ''} ${raw.end ?? ''}`, 40)}»`;
  if (raw.day !== undefined) {
    const day = dayOf(raw.day);
    if (day === null) return `no date in «${plain(raw.day, 40)}»`;
    const endDay = (raw.endDay ?? '').trim() === '' ? lastDay(day, allDay, start, end) : dayOf(raw.endDay ?? '');
    if (endDay === null) return `no date in «${plain(raw.endDay ?? '', 40)}»`;
    if (`${endDay}T${end}` < `${day}T${start}`) return 'ends before it starts';
    // «From the 1st to the 1st» is that day.
    return { on: 'day', day, start, endDay: allDay && endDay === day ? addDays(day, 1) : endDay, end, allDay };
  }
  const on = weekday(raw.weekday ?? '');
  if (on === null) return `no day in «${plain(raw.weekday ?? '', 40)}»`;
  const every = weeks(raw.weeks ?? '');
  if (every === null) return `no weeks in «${plain(raw.weeks ?? '', 40)}»`;
  if (end <= start) return 'ends before it starts';
  return { on: 'weekly', weekday: on, weeks: every, start, end };
}

/** The end's day where it is not printed: the next one for a whole day, and for an evening that ends in the night. */
function lastDay(day: Day, allDay: boolean, start: string, end: string): Day {
  const overnight = start >= '18:00' && end <= '06:00';
  return allDay || overnight ? addDays(day, 1) : day;
}

/** `2026-09-14` or «14.09.2026»; null when there is no such day. */
function dayOf(text: string): Day | null {
  const printed = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  if (printed === null) return parseDay(text.trim());
  const [, day = '', month = '', year = ''] = printed;
  return parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
