/** Files made to exhaust the reader: each ends soon, in a refusal or with that event left out. */

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceError, type Span } from '#source';
import { PASTED } from './limits.ts';
import { readCalendar } from './parse.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
const GOOD = 'BEGIN:VEVENT\r\nUID:good\r\nDTSTART:20260907T060000Z\r\nSUMMARY:Лекция\r\nEND:VEVENT\r\n';

function calendar(body: string): string {
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${body}END:VCALENDAR\r\n`;
}

function event(lines: string, uid = 'bad'): string {
  return `BEGIN:VEVENT\r\nUID:${uid}\r\n${lines}\r\nEND:VEVENT\r\n`;
}

function many(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('');
}

function upTo(last: number): string {
  return Array.from({ length: last + 1 }, (_, index) => index).join();
}

/** `detail` of the refusal, or how many occurrences were read. */
function outcome(text: string): string | number {
  try {
    return readCalendar(Buffer.from(text), SPAN, { limits: PASTED }).occurrences.length;
  } catch (error) {
    if (error instanceof SourceError) return `${error.kind} ${error.detail}`;
    throw error;
  }
}

const NOW = 'DTSTART:20260901T090000Z\r\n';
const BOMB = `${NOW}RRULE:FREQ=DAILY;BYHOUR=${upTo(23)};BYMINUTE=${upTo(59)};BYSECOND=${upTo(59)}`;

const EVENTS: readonly (readonly [string, string, string])[] = [
  ['every second of every day', BOMB, 'too-big rule'],
  ['every second', `${NOW}RRULE:FREQ=SECONDLY`, 'too-big rule'],
  ['every minute', `${NOW}RRULE:FREQ=MINUTELY`, 'too-big rule'],
  ['no step', `${NOW}RRULE:FREQ=DAILY;INTERVAL=0`, 'too-big rule'],
  ['no frequency', `${NOW}RRULE:COUNT=5`, 'too-big rule'],
  ['a count of a million since 1601', 'DTSTART:16010101T090000Z\r\nRRULE:FREQ=DAILY;COUNT=1000000', 'too-big rule'],
  [
    '60,000 lines of EXDATE',
    `${NOW}${many(60_000, () => 'EXDATE:20260901T090000Z\r\n')}RRULE:FREQ=DAILY`,
    'too-big exdates',
  ],
  [
    '60,000 values in one EXDATE',
    `${NOW}EXDATE:${many(60_000, () => '20260901T090000Z,')}\r\nRRULE:FREQ=DAILY`,
    'too-big line',
  ],
  ['50,000 rules', `${NOW}${many(50_000, (index) => `RRULE:FREQ=DAILY;COUNT=${index}\r\n`)}`.trimEnd(), 'too-big rule'],
];

describe('a hostile event alone is refused, beside a good one it is left out', () => {
  test.each(EVENTS)('%s', { timeout: 5_000 }, (_name, lines, refusal) => {
    expect(outcome(calendar(event(lines)))).toBe(refusal);
    expect(outcome(calendar(event(lines) + GOOD))).toBe(1);
  });
});

const FILES: readonly (readonly [string, string, string | number])[] = [
  ['100,000 open blocks', `BEGIN:VCALENDAR\r\n${many(100_000, () => 'BEGIN:X\r\n')}`, 'too-big depth'],
  ['too many events', calendar(many(5_001, () => 'BEGIN:VEVENT\r\nEND:VEVENT\r\n')), 'too-big events'],
  [
    'too many occurrences',
    calendar(many(200, (index) => event(`${NOW}RRULE:FREQ=DAILY`, `${index}`))),
    'too-big occurrences',
  ],
  [
    'endless rules that never come true',
    calendar(
      many(300, (index) => event('DTSTART:19700101T090000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', `${index}`)),
    ),
    0,
  ],
  ['daily since the year 1', calendar(event('DTSTART:00010101T090000Z\r\nRRULE:FREQ=DAILY')), 153],
  ['daily since 1601', calendar(event('DTSTART:16010101T090000Z\r\nRRULE:FREQ=DAILY')), 153],
  [
    'a zone that changes every second',
    calendar(
      `BEGIN:VTIMEZONE\r\nTZID:Bad\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n${event('DTSTART;TZID=Bad:20260901T090000')}`,
    ),
    1,
  ],
  ['a zone name of 60,000 brackets', calendar(event(`DTSTART;TZID=${'('.repeat(60_000)}:20260901T090000`)), 1],
  [
    'changes of changes',
    calendar(
      many(2_400, (index) => event(`${NOW}LOCATION:${index}`, 'one')) +
        many(2_400, (index) =>
          event(`RECURRENCE-ID:2${String(index).padStart(3, '0')}0901T090000Z\r\n${NOW}`.trimEnd(), 'one'),
        ),
    ),
    'too-big occurrences',
  ],
  ['one byte too many', `${calendar(GOOD)}${' '.repeat(5_000_000)}`, 'too-big bytes'],
  ['a page of zeros', '\0'.repeat(1_000), 'changed not-a-calendar'],
];

describe('a hostile file ends', () => {
  test.each(FILES)('%s', { timeout: 8_000 }, (_name, text, wanted) => {
    expect(outcome(text)).toBe(wanted);
  });
});

test('any damage to a file ends in a reading or in a refusal, the same one each time', () => {
  const whole = Buffer.from(
    calendar(
      `X-WR-TIMEZONE:Europe/Moscow\r\n${event('DTSTART;TZID=Europe/Berlin:20260901T090000\r\nDTEND;TZID=Europe/Berlin:20260901T100000\r\nRRULE:FREQ=WEEKLY;COUNT=9;BYDAY=MO,TU\r\nEXDATE;TZID=Europe/Berlin:20260907T090000\r\nSUMMARY:Физика\\, лек\r\n')}${event('RECURRENCE-ID;RANGE=THISANDFUTURE:20260914T070000Z\r\nDTSTART:20260914T080000Z\r\nDURATION:PT1H')}${GOOD}`,
    ),
  );
  const place = fc.nat(whole.length - 1);
  const damage = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(damage, fc.option(place), (bytes, cutAt) => {
      const damaged = Buffer.from(whole);
      for (const [at, byte] of bytes) damaged[at] = byte;
      const text = damaged.subarray(0, cutAt ?? damaged.length).toString('latin1');
      expect(outcome(text)).toBe(outcome(text));
    }),
    { numRuns: 400, seed: 5545 },
  );
});
