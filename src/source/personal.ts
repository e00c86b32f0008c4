/** What sites tell of people beside their lessons: mail, telephones, birthdays, logins (152-ФЗ). It is never written to a disk. */

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
const LONGEST_NAME = 16;

const [TAB, LF, CR, SPACE, QUOTE, MINUS, DOT, SLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2d, 0x2e, 0x2f] as const;
const [COLON, AT, BACKSLASH, X, ONE] = [0x3a, 0x40, 0x5c, 0x78, 0x31] as const;
/** What no link goes on behind. */
const AROUND: ReadonlySet<number> = new Set(Buffer.from('"\'<>(),;'));
/** The longest a part of an address may be (RFC 5321 4.5.3.1). */
const [LONGEST_LOCAL, LONGEST_DOMAIN] = [64, 255];
/** How far back an address of a page may begin, in which an @ is no mail's. */
const LONGEST_LINK = 300;

/**
 * The same bytes with such values struck out, letter for letter: everything else stays where it was and reads as before, an
 * address of mail still looks like one. In calendars only what follows `mailto:` is struck: events are named like addresses.
 */
export function withoutPersonal(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body);
  const begin = bytes.subarray(0, 200).toString('utf8').trimStart();
  if (/^[[{]/.test(begin)) strikeMembers(bytes);
  strikeMail(bytes, begin.startsWith('BEGIN:VCALENDAR'));
  return bytes;
}

/** One pass over the texts of the JSON: those before a colon are names. */
function strikeMembers(bytes: Buffer): void {
  for (let at = next(bytes, QUOTE, 0); at >= 0; at = next(bytes, QUOTE, at)) {
    const end = endOfText(bytes, at + 1);
    const colon = afterBlanks(bytes, end + 1);
    const name = bytes[colon] === COLON && end - at - 1 <= LONGEST_NAME ? bytes.toString('latin1', at + 1, end) : '';
    at = end + 1;
    if (!MEMBERS.has(name) && name !== AUTHOR) continue;
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
  if (!login || bytes.subarray(from, end).includes(BACKSLASH)) bytes.fill(X, from, end);
  return end + 1;
}

function strikeNumber(bytes: Buffer, from: number): number {
  let end = bytes[from] === MINUS ? from + 1 : from;
  for (; isDigit(bytes[end]); end += 1) bytes[end] = ONE;
  return end;
}

function strikeMail(bytes: Buffer, calendar: boolean): void {
  for (let at = next(bytes, AT, 0); at >= 0; at = next(bytes, AT, at + 1)) {
    if (!isLocal(bytes[at - 1]) || !isDomain(bytes[at + 1])) continue;
    let from = at;
    while (from > 0 && at - from < LONGEST_LOCAL && isLocal(bytes[from - 1])) from -= 1;
    let [to, dots] = [at + 1, 0];
    for (; to - at <= LONGEST_DOMAIN && isDomain(bytes[to]); to += 1) if (bytes[to] === DOT) dots += 1;
    // A full stop at the end is the sentence's.
    for (; bytes[to - 1] === DOT; to -= 1) dots -= 1;
    if (dots === 0 || (calendar ? !isMailto(bytes, from) : isInLink(bytes, from))) continue;
    for (let one = from; one < to; one += 1) if (bytes[one] !== DOT && one !== at) bytes[one] = X;
  }
}

function isMailto(bytes: Buffer, end: number): boolean {
  return /mailto:$/i.test(bytes.subarray(Math.max(0, end - 7), end).toString('latin1'));
}

/** «https://teams…/19:meeting_1@thread.v2» is the way to a lesson. */
function isInLink(bytes: Buffer, end: number): boolean {
  for (let at = end - 1; at >= Math.max(0, end - LONGEST_LINK); at -= 1) {
    if (bytes[at] === SLASH) return true;
    if ((bytes[at] ?? 0) <= SPACE || AROUND.has(bytes[at] ?? 0)) return false;
  }
  return false;
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLetter(byte = 0): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

function isDomain(byte = 0): boolean {
  return isLetter(byte) || isDigit(byte) || byte === MINUS || byte === DOT;
}

function isLocal(byte = 0): boolean {
  return isDomain(byte) || byte === 0x5f || byte === 0x25 || byte === 0x2b;
}
