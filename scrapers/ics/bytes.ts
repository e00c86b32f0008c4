/** Bytes of a calendar to one text with a line per property: encoding found, folds undone, line ends made equal. */

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;

/** A fold in decoded text: line ends (blank lines too) before a blank. */
const FOLD = /[\r\n]+[ \t]/g;
const LINE_END = /\r+\n?|\n|\u2028|\u2029/g;

/**
 * Decodes and unfolds (RFC 5545 section 3.1). Folds are undone before decoding wherever a letter may take several bytes,
 * because exporters cut lines by bytes and so inside a letter. Lines of the result end with `\n`.
 * @param contentType the `content-type` header, when there was one
 */
export function bytesToText(bytes: Uint8Array, contentType = ''): string {
  const wide = wideEncoding(bytes);
  const text =
    wide === null
      ? decodeNarrow(unfoldBytes(bytes), contentType)
      : new TextDecoder(wide).decode(bytes).replace(FOLD, '');
  return /[\r\u2028\u2029]/.test(text) ? text.replace(LINE_END, '\n') : text;
}

/** UTF-16 by its mark, or by the zero bytes beside Latin letters. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b !== 0 && c === 0 && d !== 0 && bytes.length > 3) return 'utf-16be';
  return null;
}

/** Cuts every «line end(s) + blank» out of the bytes, and makes one LF of all other line ends in a row. */
function unfoldBytes(bytes: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafe(bytes.length);
  let written = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte !== LF && byte !== CR) {
      out[written++] = byte;
      continue;
    }
    let next = i + 1;
    while (bytes[next] === LF || bytes[next] === CR) next++;
    if (bytes[next] === SPACE || bytes[next] === TAB) i = next;
    else {
      out[written++] = LF;
      i = next - 1;
    }
  }
  return out.subarray(0, written);
}

function decodeNarrow(bytes: Uint8Array, contentType: string): string {
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  if (!utf8.includes('\uFFFD')) return utf8;
  const broken = count(utf8, /\uFFFD/g);
  // One damaged letter in a Russian file is no reason to read all of it as CP1251.
  if (count(utf8, /[^\p{ASCII}\uFFFD]/gu) > broken) return utf8;
  return new TextDecoder(declared(contentType) ?? guessed(bytes)).decode(bytes);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function declared(contentType: string): string | null {
  const name = /charset="?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase();
  if (name === undefined || name === 'utf-8' || name === 'utf8') return null;
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    // An encoding nobody knows says nothing: the bytes decide.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Russian words are runs of high bytes; an accent in a French or German word stands alone. */
function guessed(bytes: Uint8Array): 'windows-1251' | 'windows-1252' {
  let high = 0;
  let runs = 0;
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    high++;
    if (i === 0 || (bytes[i - 1] ?? 0) < 0x80) runs++;
  }
  return high >= runs * 2 ? 'windows-1251' : 'windows-1252';
}
