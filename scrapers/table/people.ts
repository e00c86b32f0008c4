/** Names of people in the words of a cell, which part the subject before them from the room after them. */
import { knownKind } from '#source';

/** One lesson of a cell. */
export type Told = {
  readonly subject: string;
  readonly kind: string;
  readonly teachers: readonly string[];
  readonly subgroup: string;
  readonly room: string;
  readonly note: string;
};

/** «Бесшапошникова Ж.Н.», «Кирьянова  А.А», «ЯрковаВ.И.». */
const PERSON = /[А-ЯЁ][а-яё]{1,30}(?:-[А-ЯЁ][а-яё]{1,30})?\s{0,3}[А-ЯЁ]\.\s?[А-ЯЁ](?:[.,]|(?=[\s(]|$))/gu;
const SUBGROUP = /\(?\s?(\d)\s?(?:-?я\s)?(?:под?г?рупп\p{L}{1,3}|подгр\.|п\/г|п\.\s?г\.)\s?\)?/giu;
const KIND_BEFORE = /(?<![\p{L}.])(лек|лекц|лекция|лаб|лб|пр|прак|практ|сем|конс|зач|экз)\.?$/iu;
const TITLE_BEFORE = /(?<!\p{L})(?:доц|проф|асс|преп|ст\.\s?преп|ст\.\s?пр)\.?$/iu;
/** «лб», as some timetables write laboratory works. */
const LABORATORY = /^лб\.?$/i;

/**
 * «Информатика Яркова В.И. (1 подгруппа), Воронцева Н.В. (2 подгруппа)» with the rooms «31 41» -> two lessons; «лек. Попов К.В.
 * 7б-203» after a subject -> kind, teacher and room. `room` is what stood beside the cell.
 */
export function toldIn(text: string, room: string): readonly Told[] {
  const people = [...text.matchAll(PERSON)].map((found) => ({
    name: found[0]
      .replace(/,$/, '.')
      .replace(/\s+/g, ' ')
      .replace(/(?<=[а-яё])(?=[А-ЯЁ]\.)/u, ' '),
    from: found.index,
    to: found.index + found[0].length,
  }));
  const [first, last] = [people[0], people.at(-1)];
  const head = first === undefined ? text : text.slice(0, first.from);
  const tail = last === undefined ? '' : text.slice(last.to);
  const { subject, kind } = subjectOf(withoutSubgroups(head));
  const after = trimmed(withoutSubgroups(tail));
  const said = knownKind(after) === null ? { after, kind } : { after: '', kind: after };
  const about = {
    subject,
    kind: said.kind,
    ...(room === '' ? { room: said.after, note: '' } : { room, note: said.after }),
  };
  const owners = people.map(({ name, to }, index) => ({
    name,
    subgroup: subgroupIn(text.slice(to, people[index + 1]?.from ?? text.length)),
  }));
  const subgroups = new Set(owners.map((one) => one.subgroup));
  if (owners.length > 1 && subgroups.size === owners.length && !subgroups.has('')) {
    const rooms = about.room.split(/\s*\/\s*|\s+/);
    return owners.map(({ name, subgroup }, index) => ({
      ...about,
      teachers: [name],
      subgroup,
      room: rooms.length === owners.length ? (rooms[index] ?? '') : about.room,
    }));
  }
  const all = [...text.matchAll(SUBGROUP)].map((found) => found[1] ?? '');
  return [
    { ...about, teachers: owners.map(({ name }) => name), subgroup: new Set(all).size === 1 ? (all[0] ?? '') : '' },
  ];
}

/** «1 п/г», «(2 подгруппа)» -> its number; '' for none or several. */
export function subgroupIn(text: string): string {
  const found = new Set([...text.matchAll(SUBGROUP)].map((one) => one[1] ?? ''));
  return found.size === 1 ? ([...found][0] ?? '') : '';
}

export function withoutSubgroups(text: string): string {
  return text.replace(SUBGROUP, ' ').replace(/\s+/g, ' ').trim();
}

function subjectOf(head: string): { readonly subject: string; readonly kind: string } {
  const words = head.replace(TITLE_BEFORE, '').trim();
  const kind = KIND_BEFORE.exec(words)?.[1] ?? '';
  const subject = trimmed(kind === '' ? words : words.replace(KIND_BEFORE, ''));
  return { subject, kind: spelledOut(kind) };
}

/** A kind in a word that everybody knows. */
export function spelledOut(kind: string): string {
  return LABORATORY.test(kind.trim()) ? 'лаб' : kind;
}

/** Without the signs that parted it from its neighbours. */
function trimmed(text: string): string {
  return text.replace(/^[\s.,;:/_)–-]+|[\s,;:/_(–-]+$|(?<=[\p{L})"]{2})\.$/gu, '').trim();
}
