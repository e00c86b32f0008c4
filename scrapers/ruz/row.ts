/** One lesson of the answer by an allow-list: addresses of mail, logins and inner numbers of people never leave the answer. */
import { addDays, clean, type Day, type Fields, isDistance, isFields, knownKind, listIn, textIn } from '#source';

export type Row = {
  readonly id: string;
  readonly day: Day;
  readonly start: string;
  readonly end: string;
  readonly number: string;
  readonly kind: string;
  readonly subject: string;
  readonly subgroup: string;
  readonly room: string;
  readonly links: readonly string[];
  readonly teachers: readonly string[];
  readonly groups: readonly string[];
  /** Lines for people. */
  readonly notes: readonly string[];
  readonly cancelled: boolean;
  /** The site or whoever wrote the note says that it is not as planned. */
  readonly changed: boolean;
};

/** «Отмена занятия», «Занятие отменено», not «Отмена пропусков»: the site has no field for it, so people write it. */
const CANCELLED =
  /^[\s([]*(?:(?:занятие|пара|лекция|семинар)\s+)?(?:отмен(?:ено|[её]н|ена)(?![а-яё])|отмена\s*(?:занят|пар|лекц|семин|[.!,:;)\]]|$))/i;
const NOT_CANCELLED = /отмен(?:а|ено|[её]н|ена)\s+не\s/i;

/** «Перенос с 14 сентября», «Замена преподавателя», not «Замена масла в двигателе». */
const CHANGED =
  /^[\s([]*(?:(?:занятие|пара|лекция|семинар)\s+)?(?:перенес[её]н[оа]?(?![а-яё])|(?:перенос|замена|изменение)\s*(?:(?:с|на)\s|занят|пар|лекц|семин|преподав|аудит|дисцип|врем|[.!,:;)\]]|$))/i;
const ADDRESS = /https?:\/\/\S*[^\s.,;:!?)]/gi;

/** The row, or why it is none. */
export function rowOf(fields: Fields): Row | string {
  const day = textIn(fields, 'date').slice(0, 10).replaceAll('.', '-');
  const printed = textIn(fields, 'discipline');
  if (printed === '') return `a row of ${day || 'no day'} has no subject`;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || addDays(day, 0) !== day) return `«${clean(printed, 60)}»: no date`;
  const { room, said } = roomOf(textIn(fields, 'auditorium'), textIn(fields, 'building'));
  const marks = ['note', 'note_description', 'detailInfo'].map((name) => textIn(fields, name));
  const replaces = textIn(fields, 'replaces');
  const ways = ['url1', 'url2'].map((name) => textIn(fields, name));
  return {
    id: textIn(fields, 'lessonOid'),
    day,
    start: textIn(fields, 'beginLesson'),
    end: textIn(fields, 'endLesson'),
    number: textIn(fields, 'lessonNumberStart'),
    kind: kindOf(textIn(fields, 'kindOfWork')),
    subject: printed,
    subgroup: subgroupOf(fields),
    room,
    links: ways.filter(isAddress),
    teachers: teachersOf(fields),
    groups: groupsOf(fields),
    notes: [
      ...marks,
      // «zoom.us/j/1» and «Идентификатор 974» are no addresses, and still the way in.
      ...ways.filter((way) => !isAddress(way)),
      ...['url1_description', 'url2_description']
        .map((name) => textIn(fields, name))
        .filter((text) => !isDistance(text)),
      replaces === '' ? '' : `Замена: ${replaces}`,
      said,
    ]
      .map(withoutMail)
      .filter((line) => line !== ''),
    cancelled: marks.some((text) => CANCELLED.test(text) && !NOT_CANCELLED.test(text)),
    changed: replaces !== '' || marks.some((text) => CHANGED.test(text)),
  };
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text);
}

/** Of a line with somebody's address of mail only the way to the lesson is kept. */
function withoutMail(line: string): string {
  return line.includes('@') ? (line.match(ADDRESS) ?? []).join(' ') : line;
}

/** «Практические (семинарские) занятия» is known by its first word; a kind that is not known stays whole. */
function kindOf(printed: string): string {
  const first = /^\p{L}+/u.exec(printed)?.[0] ?? '';
  return knownKind(printed) === null && knownKind(first) !== null ? first : printed;
}

/** A place in the net is «онлайн» whatever it is called; a real room keeps its house beside it. */
function roomOf(room: string, building: string): { room: string; said: string } {
  const online = /^(?:on-?line|онлайн|дистанц|дистант|zoom)/i.test(room) || isDistance(room);
  if (online || /^виртуал/i.test(building)) return { room: isDistance(room) ? room : 'онлайн', said: '' };
  return { room, said: building };
}

/** All teachers of the row by their full names; «!Не определена» and «Вакансия» are nobody. */
function teachersOf(fields: Fields): string[] {
  const listed = listIn(fields, 'listOfLecturers').filter(isFields);
  const names = (listed.length > 0 ? listed : [fields]).map(
    (one) => textIn(one, 'lecturer_title') || textIn(one, 'lecturer'),
  );
  return unique(names.map(withoutRank).filter((name) => /\p{L}{2}/u.test(name) && !/^!|^вакансия|@/i.test(name)));
}

/** ВШЭ prints «ст.преп. Смирнов Иван»: a rank is written small and ends with a full stop. */
function withoutRank(name: string): string {
  return name.replace(/^(?:[а-яё-]+\.\s*)+(?=\p{Lu})/u, '');
}

/** Which of the fields is filled depends on who the lesson is for: the union of them. */
function groupsOf(fields: Fields): string[] {
  const listed = namesIn(fields, 'listGroups', 'group');
  const groups = unique([textIn(fields, 'group'), ...listed].filter((name) => name !== ''));
  const stream = textIn(fields, 'stream');
  if (groups.length > 0 || stream === '') return groups;
  // «ПИ23-1|ПИ23-2#…»: what stands behind the sign is no group.
  return unique(stream.split('|').map((name) => (name.split('#')[0] ?? '').trim())).filter((name) => name !== '');
}

/** «ПИ21-5», the group itself, is no subgroup. */
function subgroupOf(fields: Fields): string {
  const names = unique([textIn(fields, 'subGroup'), ...namesIn(fields, 'listSubGroups', 'subGroup')]);
  const group = textIn(fields, 'group');
  return names.filter((name) => name !== '' && name !== group).join(', ');
}

function namesIn(fields: Fields, list: string, name: string): string[] {
  return listIn(fields, list)
    .filter(isFields)
    .map((one) => textIn(one, name));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
