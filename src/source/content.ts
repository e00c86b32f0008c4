/** What a lesson is besides its times, from the texts a site prints: subject, kind, teachers, place, subgroup, comment. */
import type { Lesson, Place } from '../domain/lesson.ts';
import type { RawLesson } from './contract.ts';
import { isCall, withoutLinks } from './door.ts';
import { isDistance, knownKind } from './kind.ts';
import { teachersIn, withoutEntry, withoutMarkup } from './note.ts';
import { clean, visible } from './page.ts';
import { numbering, remembered } from './remember.ts';
import { readTitle, subgroupOf, type Title } from './title.ts';

export type Content = Omit<Lesson, 'times' | 'sourceId'>;

/** Characters a field may hold; none is over what an editor may write (domain/lesson.ts). */
const LONGEST = { subject: 200, kind: 60, teacher: 100, room: 120, link: 2000, subgroup: 30, note: 500, id: 200 };
const MOST_TEACHERS = 20;

/** A title and the links found in it. */
type Read = Title & { readonly links: readonly string[] };

/** Reads the lessons of one page; for equal texts the answer is the same object. Where there is none it says why. */
export function contentReader(): (raw: RawLesson) => Content | string {
  const numberOf = numbering();
  const title = remembered(titleOf);
  const known = new Map<string, Content | string>();
  return (raw) => {
    const { subject, kind, room, link, subgroup, note, number, teachers, cancelled, changed } = raw;
    const [of, people] = [numberOf, teachers === undefined ? '' : teachers.map(numberOf).join()];
    const texts = `${of(subject)} ${of(kind)} ${of(room)} ${of(link)} ${of(subgroup)} ${of(note)} ${of(number)}`;
    const key = `${texts} ${people} ${cancelled === true} ${changed === true}`;
    const answer = known.get(key) ?? contentOf(raw, title);
    known.set(key, answer);
    return answer;
  };
}

function contentOf(raw: RawLesson, titleFrom: (text: string) => Read): Content | string {
  const title = titleFrom(raw.subject);
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
    ...(raw.changed === true || title.changed ? { changed: true } : {}),
  };
}

function titleOf(subject: string): Read {
  const { text, links } = withoutLinks(visible(subject));
  return { ...readTitle(clean(text, LONGEST.subject)), links };
}

/** The source's own id of a lesson, '' when it has none. */
export function idOf({ id = '' }: RawLesson): string {
  return clean(id, LONGEST.id);
}

/** Clean text without any link. */
export function plain(text: string, max: number): string {
  return clean(withoutLinks(visible(text)).text, max);
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
  const words = clean(printed.text, LONGEST.room).replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, '');
  const place = /[\p{L}\p{N}]/u.test(words) ? words : '';
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
