/** What a title says besides the subject: «Физика (лаб.), п/г 1», «лек. Физика», «Отменено: Физика (ДО)». */
import { isDistance, isShortKind, knownKind } from './kind.ts';

export type Title = {
  readonly subject: string;
  /** A known kind, '' when none is said. */
  readonly kind: string;
  readonly subgroup: string;
  readonly distance: boolean;
  readonly cancelled: boolean;
  readonly changed: boolean;
};

const WORD = '(?:п\\s?[/.]?\\s?гр?\\.?|подгр\\.?|подгруппа|subgroup)';
const NUMBERED = new RegExp(
  `^(?:${WORD}\\s*№?\\s*(\\d{1,2})|(\\d{1,2})\\s*(?:-?(?:ая|я))?\\s*${WORD}|подгр(?:\\.|уппа)\\s*([абвг]))$`,
  'i',
);
const NUMBERED_TAIL = new RegExp(
  `^(.*[^\\s,;(])[\\s,;]+(${WORD}\\s*№?\\s*\\d{1,2}|\\d{1,2}\\s*(?:-?(?:ая|я))?\\s*${WORD})$`,
  'is',
);
const CANCELLED = 'отмена|отмен[её]н[оа]?|cancell?ed';
const CHANGED = 'замена|перенос|перенес[её]н[оа]?|изменение|измен[её]н[оа]?|changed|moved|substitution';
const IS_CANCELLED = new RegExp(`^(?:${CANCELLED})$`, 'i');
const IS_CHANGED = new RegExp(`^(?:${CHANGED})$`, 'i');
/** At the head only in a bracket or with a colon: «Замена масла в двигателе» is a subject. */
const MARKED = `${CANCELLED}|${CHANGED}`;
const MARK_HEAD = new RegExp(`^(?:[([]\\s*(${MARKED})\\s*[)\\]]|(${MARKED})\\s*[:!])\\s*(?=\\S)`, 'i');
/** The last bracket, the last part behind a comma, a line or a full stop, the last word. */
const BRACKET = /^(.*\S)\s*[([]([^()[\]]{1,60})[)\]][\s.,;]*$/s;
const PART = /^(.*\S)(?:\s*[,;|]\s*|\s[–—/-]\s+|\.\s+)([^,;|–—()[\]]{1,40})$/s;
const LAST = /^(.*\S)\s+(\S{2,6})$/s;
const FIRST = /^(\S{2,6}?)(?:\.\s*|\s+)(?=[^\s.])/;
const HEAD = /^([^.:,–—-]{2,40}?)(?:\s*:\s*|\.\s+|\s+[–—-]\s+)(?=\S)/;

/** The subgroup's number or letter for words that name one, '' for «0» (everybody); null for anything else. */
export function subgroupOf(text: string): string | null {
  const found = /^(\d{1,2})$/.exec(text) ?? NUMBERED.exec(text);
  if (found === null) return null;
  const number = found[1] ?? found[2] ?? found[3] ?? '';
  return /^0+$/.test(number) ? '' : number.replace(/^0+(?=\d)/, '');
}

/** Takes apart a title that was cleaned; the subject is empty only when the title is. */
export function readTitle(title: string): Title {
  const head = MARK_HEAD.exec(title);
  const word = head?.[1] ?? head?.[2] ?? '';
  let read: Title = {
    subject: title.slice(head?.[0].length ?? 0),
    kind: '',
    subgroup: '',
    distance: false,
    cancelled: IS_CANCELLED.test(word),
    changed: IS_CHANGED.test(word),
  };
  // Marks stand in any order, so the end is looked at again after each one taken.
  for (let marks = 0; marks < 6; marks++) {
    const next = withoutLast(read);
    if (next === null) break;
    read = next;
  }
  return read.kind === '' ? withoutFirst(read) : read;
}

function withoutLast(title: Title): Title | null {
  const bracket = BRACKET.exec(title.subject);
  if (bracket !== null) return marked(title, bracket[1] ?? '', (bracket[2] ?? '').split(/[,;]/));
  const numbered = NUMBERED_TAIL.exec(title.subject);
  if (numbered !== null) return marked(title, numbered[1] ?? '', [numbered[2] ?? '']);
  const last = LAST.exec(title.subject);
  if (last !== null && isShortKind(last[2] ?? '')) return marked(title, last[1] ?? '', [last[2] ?? '']);
  const part = PART.exec(title.subject);
  return part === null ? null : marked(title, part[1] ?? '', [part[2] ?? '']);
}

/** The title with what each mark says; null when one of them says nothing we know, or says the kind twice. */
function marked(title: Title, subject: string, marks: readonly string[]): Title | null {
  let read: Title = { ...title, subject: subject.replace(/[\s,;|–—-]+$/, '') };
  for (const mark of marks.map((one) => one.trim())) {
    const kind = knownKind(mark);
    const subgroup = /^\d+$/.test(mark) ? null : subgroupOf(mark);
    if (kind !== null && read.kind === '') read = { ...read, kind };
    else if (subgroup !== null && read.subgroup === '') read = { ...read, subgroup };
    else if (isDistance(mark)) read = { ...read, distance: true };
    else if (IS_CANCELLED.test(mark)) read = { ...read, cancelled: true };
    else if (IS_CHANGED.test(mark)) read = { ...read, changed: true };
    else return null;
  }
  return read.subject === '' ? null : read;
}

function withoutFirst(title: Title): Title {
  const first = FIRST.exec(title.subject);
  if (first !== null && isShortKind(first[1] ?? '')) return said(title, first[0], first[1] ?? '');
  const head = HEAD.exec(title.subject);
  // «Практика – производственная» is a subject.
  if (head === null || (/практика$/i.test(head[1] ?? '') && /[–—-]\s*$/.test(head[0]))) return title;
  return (head[1] ?? '').length < 2 ? title : said(title, head[0], head[1] ?? '');
}

function said(title: Title, head: string, word: string): Title {
  const kind = knownKind(word);
  return kind === null ? title : { ...title, kind, subject: title.subject.slice(head.length) };
}
