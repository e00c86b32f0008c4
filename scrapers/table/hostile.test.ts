/** Workbooks made to exhaust the reader: each is refused in words, in the very process that reads what people paste. */
import { deflateRawSync } from 'node:zlib';
import { utils, type WorkSheet, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceError, type Span } from '#source';
import { createReader, type Reader } from '../../src/source/isolate.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
const ROWS = [
  ['день', 'начало', 'конец', 'предмет'],
  ['пн', '9:00', '10:30', 'Физика'],
];

let reader: Reader;
beforeAll(() => {
  reader = createReader({ profile: 'pasted' });
});
afterAll(() => reader.close());

async function outcome(body: Uint8Array): Promise<string | number> {
  const url = 'https://rasp.example.edu/table.xlsx';
  const page = { request: { url }, url, status: 200, headers: {}, body };
  try {
    return (await reader.parse('table', { url, profile: 'pasted' }, [page], SPAN)).lessons.length;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `${error.kind} ${error.detail}`;
  }
}

type Entry = { readonly name: string; readonly text: string };

/** A zip of these entries, as a workbook is one; `declared` is what it says that the last of them unpacks to. */
function zip(entries: readonly Entry[], declared?: number): Uint8Array {
  const locals: Buffer[] = [];
  const contents: Buffer[] = [];
  let offset = 0;
  for (const [index, { name, text }] of entries.entries()) {
    const packed = deflateRawSync(Buffer.from(text));
    const size = index === entries.length - 1 && declared !== undefined ? declared : Buffer.byteLength(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    contents.push(Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(name));
    offset += 4 + fields.length + name.length + packed.length;
  }
  const list = Buffer.concat(contents);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, list, Buffer.from('PK\x05\x06'), end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The entries of a workbook whose only sheet is this XML. */
function parts(sheet: string): readonly Entry[] {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    {
      name: '[Content_Types].xml',
      text: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', text: `<worksheet xmlns="${MAIN}">${sheet}</worksheet>` },
  ];
}

function cell(at: string, text: string): string {
  return `<c r="${at}" t="str"><v>${text}</v></c>`;
}

const HEADER = `<row r="1">${ROWS[0]?.map((text, at) => cell(`${'ABCD'[at]}1`, text)).join('')}</row>`;
const LESSON = `<row r="2">${ROWS[1]?.map((text, at) => cell(`${'ABCD'[at]}2`, text)).join('')}</row>`;
const DATA = `<sheetData>${HEADER}${LESSON}</sheetData>`;

function repeated(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('');
}

function sheetOf(change: (sheet: WorkSheet) => void): Uint8Array {
  const sheet = utils.aoa_to_sheet(ROWS);
  change(sheet);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '1');
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
}

const HOSTILE: readonly (readonly [string, () => Uint8Array, string | number])[] = [
  ['an honest one', () => zip(parts(DATA)), 1],
  ['a bomb that says what it is', () => zip(parts(`${DATA}<!--${'0'.repeat(100_000_000)}-->`)), 'too-big unpacked'],
  [
    'a bomb that says it is small',
    () => zip(parts(`<sheetData>${repeated(100_000, () => HEADER)}</sheetData>`), 1_000),
    // Unpacking ends where the file said that it would.
    'changed empty',
  ],
  ['a declared range of the whole sheet', () => zip(parts(`<dimension ref="A1:XFD1048576"/>${DATA}`)), 1],
  [
    'one cell in the last corner',
    () => zip(parts(`<sheetData>${HEADER}<row r="1048576">${cell('D1048576', 'Физика')}</row></sheetData>`)),
    'too-big rows',
  ],
  [
    'a cell in the last column',
    () => zip(parts(`<sheetData>${HEADER}<row r="2">${cell('XFD2', 'Физика')}</row></sheetData>`)),
    'too-big columns',
  ],
  [
    'one merge over everything',
    () => zip(parts(`${DATA}<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>`)),
    'changed not-a-table',
  ],
  [
    'a million merges',
    () =>
      zip(
        parts(
          `${DATA}<mergeCells>${repeated(1_000_000, (at) => `<mergeCell ref="A${at + 1}:B${at + 1}"/>`)}</mergeCells>`,
        ),
      ),
    'too-big unpacked',
  ],
  [
    '60,000 merges',
    () =>
      zip(
        parts(
          `${DATA}<mergeCells>${repeated(60_000, (at) => `<mergeCell ref="A${at + 1}:B${at + 1}"/>`)}</mergeCells>`,
        ),
      ),
    'too-big merges',
  ],
  [
    'a thousand merges over one large range',
    () =>
      zip(
        parts(
          `<sheetData>${HEADER}${repeated(4_000, (at) => `<row r="${at + 2}">${cell(`CV${at + 2}`, 'х')}</row>`)}</sheetData><mergeCells>${repeated(1_000, () => '<mergeCell ref="A2:CV4001"/>')}</mergeCells>`,
        ),
      ),
    'too-big merges',
  ],
  [
    'a formula that is a command',
    () => sheetOf((sheet) => Object.assign(sheet, { D2: { t: 's', v: '=cmd|x!A1', f: 'cmd|x!A1' } })),
    1,
  ],
  ['a document of words', () => zip([{ name: 'word/document.xml', text: '<w:document/>' }]), 'changed not-a-workbook'],
  ['a zip of nothing', () => zip([]), 'changed not-a-table'],
  [
    'an old document that is no workbook',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_000)]),
    'changed not-a-workbook',
  ],
];

describe('a hostile workbook ends in words', () => {
  test.each(HOSTILE)('%s', { timeout: 30_000 }, async (_name, make, wanted) => {
    expect(await outcome(make())).toBe(wanted);
  });
});
