/** Twenty and more answers made to exhaust whoever reads them, and what must come of each. */
import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';

export type Hostile = {
  readonly name: string;
  /** `kind detail` of the refusal. */
  readonly wanted: RegExp;
  serve(response: ServerResponse): void;
};

const TYPE = { 'content-type': 'text/calendar; charset=utf-8' };
const PAGE = { 'content-type': 'text/html; charset=utf-8' };
const START = 'DTSTART:20260901T090000Z';
/** Just under what a person may paste. */
const FULL = 4_900_000;

function calendar(...blocks: readonly string[]): string {
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${blocks.join('')}END:VCALENDAR\r\n`;
}

function event(uid: string, ...lines: readonly string[]): string {
  return `BEGIN:VEVENT\r\nUID:${uid}\r\n${lines.join('\r\n')}\r\nEND:VEVENT\r\n`;
}

function many(count: number, make: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => make(n)).join('');
}

function upTo(last: number): string {
  return Array.from({ length: last + 1 }, (_, n) => n).join();
}

function text(name: string, wanted: RegExp, body: () => string | Uint8Array, head: object = TYPE): Hostile {
  return { name, wanted, serve: (response) => response.writeHead(200, { ...head }).end(body()) };
}

/** A zone whose observances repeat every year on every day there is. */
function zone(n: number): string {
  const bomb = `RRULE:FREQ=YEARLY;BYMONTH=${upTo(11).replace(/^0,/, '')};BYDAY=MO,TU,WE,TH,FR,SA,SU`;
  const part = ['BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', bomb];
  return `BEGIN:VTIMEZONE\r\nTZID:Z${n}\r\n${many(50, () => `${part.join('\r\n')}\r\nEND:STANDARD\r\n`)}END:VTIMEZONE\r\n`;
}

function* endless(): Generator<string> {
  for (;;) yield `${event('x', START)}`.repeat(200);
}

/** Writes as fast as it is read, until the reader hangs up. */
function pour(response: ServerResponse, parts: Iterator<string | Uint8Array>): void {
  let open = true;
  response.on('close', () => {
    open = false;
  });
  function more(): void {
    while (open) {
      const { value, done } = parts.next();
      if (done === true) return void response.end();
      if (!response.write(value)) return void response.once('drain', more);
    }
  }
  more();
}

const FINE = `BYHOUR=${upTo(23)};BYMINUTE=${upTo(59)};BYSECOND=${upTo(59)}`;

export const HOSTILE: readonly Hostile[] = [
  text('a rule of every second of every day', /^too-big rule$/, () =>
    calendar(event('1', START, `RRULE:FREQ=DAILY;${FINE}`)),
  ),
  text('FREQ=SECONDLY without an end', /^too-big rule$/, () => calendar(event('1', START, 'RRULE:FREQ=SECONDLY'))),
  text('a count of a million since 1601', /^too-big rule$/, () =>
    calendar(event('1', 'DTSTART:16010101T090000Z', 'RRULE:FREQ=DAILY;COUNT=1000000')),
  ),
  text('5,000 endless daily rules', /^too-big (occurrences|time)$/, () =>
    calendar(many(5_000, (n) => event(`${n}`, START, 'RRULE:FREQ=DAILY'))),
  ),
  text('5,000 rules that never come true', /^too-big (time|rule|memory|occurrences)$/, () =>
    calendar(many(5_000, (n) => event(`${n}`, 'DTSTART:19700101T090000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'))),
  ),
  text('20,000 rules in one event', /^too-big rule$/, () =>
    calendar(event('1', START, many(20_000, (n) => `RRULE:FREQ=DAILY;COUNT=${n}\r\n`).trimEnd())),
  ),
  text('200 zones that change every day', /^too-big (time|memory)$/, () =>
    calendar(
      many(200, zone),
      many(200, (n) => event(`${n}`, `DTSTART;TZID=Z${n}:20260901T090000`)),
    ),
  ),
  text('100,000 EXDATE lines', /^too-big exdates$/, () =>
    calendar(event('1', START, 'RRULE:FREQ=DAILY', many(100_000, () => 'EXDATE:20260901T090000Z\r\n').trimEnd())),
  ),
  text('changes of changes', /^too-big occurrences$/, () =>
    calendar(
      many(2_400, (n) => event('one', START, `LOCATION:${n}`)),
      many(2_400, (n) => event('one', `RECURRENCE-ID:2${String(n).padStart(3, '0')}0901T090000Z`, START)),
    ),
  ),
  text('5,001 events', /^too-big events$/, () => calendar(many(5_001, () => 'BEGIN:VEVENT\r\nEND:VEVENT\r\n'))),
  text(
    '100,000 blocks inside each other',
    /^too-big depth$/,
    () => `BEGIN:VCALENDAR\r\n${'BEGIN:X\r\n'.repeat(100_000)}`,
  ),
  text('one line of 4.9 MB', /^(changed|too-big) /, () => calendar(event('1', `DTSTART;X=${'a'.repeat(FULL)}:1`))),
  text('nothing but folds', /^changed (not-a-calendar|empty)$/, () => '\r\n '.repeat(FULL / 3)),
  text('nothing but zeros', /^changed /, () => new Uint8Array(FULL)),
  text('an archive by the name of a calendar', /^changed not-a-calendar$/, () => {
    const body = Buffer.alloc(FULL, 'PK\x03\x04\x14\0\0\0\x08\0', 'latin1');
    return body;
  }),
  text('100,000 tags inside each other', /^changed html$/, () => `<html>${'<div>'.repeat(100_000)}`, PAGE),
  text('100,000 attributes', /^changed html$/, () => `<html><a ${many(100_000, (n) => `a${n}=1 `)}>`, PAGE),
  text(
    '200,000 links to calendars',
    /^changed html$/,
    () => `<html>${many(200_000, (n) => `<a href=${n}.ics>`)}`,
    PAGE,
  ),
  text(
    'entities of entities',
    /^changed html$/,
    () =>
      `<?xml version="1.0"?><!DOCTYPE x [${many(30, (n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`)}]><x>&e30;</x>`,
    PAGE,
  ),
  ...['a@b.c+', 'mailto:a@b.c+', '{"mail":"",'].map((unit) =>
    text(
      `a page of nothing but ${unit}`,
      /^changed (?:html|not-a-calendar)$/,
      () => `${unit.startsWith('{') ? '' : '<!doctype html><html>'}${unit.repeat(FULL / unit.length)}`,
      PAGE,
    ),
  ),
  {
    name: 'a gigabyte packed into one megabyte',
    wanted: /^too-big body$/,
    serve(response) {
      response.writeHead(200, { ...TYPE, 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.on('data', (part: Uint8Array) => response.write(part));
      gzip.on('end', () => response.end());
      const zeros = Buffer.alloc(2 ** 20);
      let left = 1024;
      const feed = (): void => {
        while (left-- > 0) if (!gzip.write(zeros)) return void gzip.once('drain', feed);
        gzip.end();
      };
      response.on('close', () => {
        left = 0;
      });
      feed();
    },
  },
  {
    name: 'a body without end',
    wanted: /^too-big body$/,
    serve(response) {
      response.writeHead(200, TYPE);
      pour(response, endless());
    },
  },
  {
    name: 'ten gigabytes promised',
    wanted: /^too-big body$/,
    serve(response) {
      response.writeHead(200, { ...TYPE, 'content-length': String(10 ** 10) });
      pour(response, endless());
    },
  },
  {
    name: 'less than promised',
    wanted: /^changed cut$/,
    serve(response) {
      response.writeHead(200, { ...TYPE, 'content-length': '100000' });
      response.write(calendar(event('1', START)), () => response.destroy());
    },
  },
  {
    name: 'packed, but not with what is said',
    wanted: /^changed encoding$/,
    serve: (response) =>
      response.writeHead(200, { ...TYPE, 'content-encoding': 'gzip' }).end(calendar(event('1', START))),
  },
];
