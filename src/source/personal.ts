/** What sites tell of people beside their lessons: mail, telephones, birthdays, logins (152-ФЗ). It is never written to a disk. */
import type { Steps } from '../domain/steps.ts';

/** Members of JSON that say so, in the spellings of the sites we read. */
const MEMBERS: ReadonlySet<string> = new Set(
  [
    ...['email', 'Email', 'eMail', 'e_mail', 'lecturerEmail', 'lecturer_email', 'mail', 'почта'],
    ...['phone', 'Phone', 'phoneNumber', 'телефон', 'birthday', 'birthDate', 'personalNumber', 'login'],
    // Bytes are compared, a letter for each.
  ].map((name) => Buffer.from(name).toString('latin1')),
);
/** РУЗ: who entered the row, `DOMAIN\\user`; a name without a backslash is somebody else's. */
const AUTHOR = 'author';
const [SHORTEST_NAME, LONGEST_NAME] = [4, 16];

const [TAB, LF, CR, SPACE, QUOTE, MINUS, DOT, SLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2d, 0x2e, 0x2f] as const;
const [COLON, AT, BACKSLASH, X, ONE, UNDERLINE, PERCENT, PLUS] = [
  0x3a, 0x40, 0x5c, 0x78, 0x31, 0x5f, 0x25, 0x2b,
] as const;
/** The longest a part of an address may be (RFC 5321 4.5.3.1). */
const [LONGEST_LOCAL, LONGEST_DOMAIN] = [64, 255];
/** How far back an address of a page may begin, in which an @ is no mail's. */
const LONGEST_LINK = 300;
/** No telephone is longer. */
const LONGEST_NUMBER = 400;
/** Bytes between two stops: some milliseconds, whatever they hold. */
const PIECE = 32 * 1024;

const DIGITS = tableOf((byte) => byte >= 0x30 && byte <= 0x39);
const DOMAIN = tableOf((byte) => isLetter(byte) || DIGITS[byte] === 1 || byte === MINUS || byte === DOT);
const LOCAL = tableOf((byte) => DOMAIN[byte] === 1 || byte === UNDERLINE || byte === PERCENT || byte === PLUS);
/** What no link goes on behind, and the stroke that shows that there is one. */
const BREAKS = tableOf((byte) => byte === SLASH || byte <= SPACE || '"\'<>(),;'.includes(String.fromCharCode(byte)));
const MAILTO = Buffer.from('mailto:');

/**
 * Strikes such values out of the bytes, letter for letter: everything else stays where it was and reads as before, an
 * address of mail still looks like one. In calendars only what follows `mailto:` is struck: events are named like addresses.
 * Whatever the bytes are, it looks at each a few times, and stops often enough for others to have their turn.
 */
export function* strikePersonal(bytes: Buffer): Steps<void> {
  const begin = bytes.subarray(0, 200).toString('utf8').trimStart();
  if (/^[[{]/.test(begin)) yield* strikeMembers(bytes);
  yield* strikeMail(bytes, begin.startsWith('BEGIN:VCALENDAR'));
}

/** One pass over the texts of the JSON: those before a colon are names. */
function* strikeMembers(bytes: Buffer): Steps<void> {
  let stop = PIECE;
  for (let at = next(bytes, QUOTE, 0); at >= 0; at = next(bytes, QUOTE, at)) {
    if (at >= stop) {
      yield;
      stop = at + PIECE;
    }
    const end = endOfText(bytes, at + 1);
    const [colon, length] = [afterBlanks(bytes, end + 1), end - at - 1];
    const could = bytes[colon] === COLON && length >= SHORTEST_NAME && length <= LONGEST_NAME;
    const name = could ? bytes.toString('latin1', at + 1, end) : '';
    at = end + 1;
    if (!could || (!MEMBERS.has(name) && name !== AUTHOR)) continue;
    const value = afterBlanks(bytes, colon + 1);
    at = bytes[value] === QUOTE ? strikeText(bytes, value + 1, name === AUTHOR) : strikeNumber(bytes, value);
  }
}

/** The place of a byte from there on, -1 when there is none: quick where it is near, and where it is far. */
function next(bytes: Buffer, byte: number, from: number): number {
  const near = Math.min(from + 32, bytes.length);
  for (let at = from; at < near; at += 1) if (bytes[at] === byte) return at;
  return near === bytes.length ? -1 : bytes.indexOf(byte, near);
}

function afterBlanks(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === LF || bytes[at] === CR || bytes[at] === TAB) at += 1;
  return at;
}

/** The place of the closing quote, or the end of it all. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, bytes.length);
}

/** Strikes a text and answers what follows it; `login`: only where a backslash is in it. */
function strikeText(bytes: Buffer, from: number, login: boolean): number {
  const end = endOfText(bytes, from);
  if (end > from && (!login || bytes.subarray(from, end).includes(BACKSLASH))) bytes.fill(X, from, end);
  return end + 1;
}

function strikeNumber(bytes: Buffer, from: number): number {
  let end = bytes[from] === MINUS ? from + 1 : from;
  for (; end - from < LONGEST_NUMBER && is(DIGITS, bytes[end]); end += 1) bytes[end] = ONE;
  return end;
}

function* strikeMail(bytes: Buffer, calendar: boolean): Steps<void> {
  const isInLink = linkFinder(bytes);
  let stop = PIECE;
  for (let at = next(bytes, AT, 0); at >= 0; at = next(bytes, AT, at + 1)) {
    if (at >= stop) {
      yield;
      stop = at + PIECE;
    }
    if (!is(LOCAL, bytes[at - 1]) || !is(DOMAIN, bytes[at + 1])) continue;
    let from = at;
    while (from > 0 && at - from < LONGEST_LOCAL && is(LOCAL, bytes[from - 1])) from -= 1;
    let [to, dots] = [at + 1, 0];
    for (; to - at <= LONGEST_DOMAIN && is(DOMAIN, bytes[to]); to += 1) if (bytes[to] === DOT) dots += 1;
    // A full stop at the end is the sentence's.
    for (; bytes[to - 1] === DOT; to -= 1) dots -= 1;
    if (dots === 0 || (calendar ? !isMailto(bytes, from) : isInLink(from))) continue;
    for (let one = from; one < to; one += 1) if (bytes[one] !== DOT && one !== at) bytes[one] = X;
  }
}

function isMailto(bytes: Buffer, end: number): boolean {
  const from = end - MAILTO.length;
  return from >= 0 && MAILTO.every((byte, at) => ((bytes[from + at] ?? 0) | 0x20) === byte);
}

/**
 * Whether an address of mail that ends there is a part of a link: «https://teams…/19:meeting_1@thread.v2» is the way to a lesson.
 * Asked for one place after the other, it looks at no byte twice: mail upon mail is no link, and took seconds.
 */
function linkFinder(bytes: Buffer): (end: number) => boolean {
  let [seen, last] = [0, -1];
  return (end) => {
    const oldest = end - LONGEST_LINK;
    for (let at = end - 1; at >= Math.max(seen, oldest); at -= 1) {
      if (!is(BREAKS, bytes[at])) continue;
      last = at;
      break;
    }
    seen = end;
    return last >= Math.max(0, oldest) && bytes[last] === SLASH;
  };
}

function tableOf(has: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (has(byte) ? 1 : 0));
}

function is(table: Uint8Array, byte = 0): boolean {
  return table[byte] === 1;
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
