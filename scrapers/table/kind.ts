/** What a file is by its first bytes, and whether a workbook may be unpacked at all. */
import { SourceError } from '#source';

/** `zip`: xlsx and its kin; `ole`: xls of Excel 97 and before. */
export type FileKind = 'zip' | 'ole' | 'pdf' | 'text';

/** As people send it: the name and the declared type of a file are not believed. */
export function kindOf(bytes: Uint8Array): FileKind {
  if (begins(bytes, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'ole';
  return begins(bytes, [0x25, 0x50, 0x44, 0x46]) ? 'pdf' : 'text';
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end record stands in the last 22 bytes and a comment of at most 64 KB. */
const END_WITHIN = 22 + 65_535;
/** A workbook of a whole university has dozens. */
const MOST_ENTRIES = 500;

/**
 * Adds up what a zip says it unpacks to, from its own list of contents (APPNOTE.TXT 4.3.12, 4.3.16), before anything is
 * unpacked. One that lies about it is stopped by the memory limit of the reading process.
 * @throws SourceError too-big/unpacked over `limit` bytes, changed/cut without a list of contents
 */
export function checkZip(bytes: Uint8Array, limit: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const first = Math.max(0, bytes.length - END_WITHIN);
  while (end >= first && view.getUint32(end, true) !== END) end -= 1;
  if (end < first) throw new SourceError('changed', 'cut', 'the workbook ends before its list of contents');
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY)
      throw new SourceError('changed', 'cut', 'the list of contents of the workbook is broken');
    unpacked += view.getUint32(at + 24, true);
    if (entry >= MOST_ENTRIES || unpacked > limit)
      throw new SourceError('too-big', 'unpacked', `the workbook unpacks to more than ${limit} bytes`);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}
