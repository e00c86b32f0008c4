/** Single traits of calendars: texts, days, ends, zones, several calendars, the window. */
import { describe, expect, test } from 'vitest';
import { calendar, read, SPAN } from './fixture.ts';
import { readCalendar } from './parse.ts';

const START = 'DTSTART;TZID=Europe/Berlin:20261019T100000';

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'whole days, with and without an end',
    calendar(
      ['UID:1', 'DTSTART;VALUE=DATE:20260907', 'DTEND;VALUE=DATE:20260910'],
      ['UID:2', 'DTSTART:20260915'],
      ['UID:3', 'DTSTART;VALUE=DATE:20260920', 'DURATION:P2D'],
    ),
    ['2026-09-07/2026-09-10', '2026-09-15/2026-09-16', '2026-09-20/2026-09-22'],
  ],
  [
    'the end before the start',
    calendar(['UID:1', 'DTSTART:20260901T080000Z', 'DTEND:20260901T070000Z']),
    ['2026-09-01T07:00/2026-09-01T08:00'],
  ],
  [
    'an end in another zone',
    calendar(['UID:1', START, 'DTEND;TZID=Europe/Moscow:20261019T130000']),
    ['2026-10-19T08:00/2026-10-19T10:00'],
  ],
  [
    'no UID at all',
    calendar(['DTSTART:20260901T080000Z', 'SUMMARY:A'], ['DTSTART:20260901T080000Z', 'SUMMARY:A']),
    ['2026-09-01T08:00/2026-09-01T08:00 A', '2026-09-01T08:00/2026-09-01T08:00 A'],
  ],
  [
    'an impossible date costs its own event only',
    calendar(['UID:1', 'DTSTART:20261345T999999'], ['UID:2', 'DTSTART:20260901T080000Z']),
    ['2026-09-01T08:00/2026-09-01T08:00'],
  ],
  [
    'floating time by the asked zone',
    calendar(['UID:1', 'DTSTART:20260901T090000', 'RRULE:FREQ=DAILY;COUNT=2']),
    ['2026-09-01T06:00/2026-09-01T06:00', '2026-09-02T06:00/2026-09-02T06:00'],
  ],
  [
    'an hour that summer time skips is kept',
    calendar([
      'UID:1',
      'DTSTART;TZID=Europe/Berlin:20260328T023000',
      'RRULE:FREQ=DAILY;UNTIL=20270101T000000Z;INTERVAL=200',
    ]),
    ['2026-10-14T00:30/2026-10-14T00:30'],
  ],
  [
    'a rule from the year 1',
    calendar(['UID:1', 'DTSTART;VALUE=DATE:00010912', 'RRULE:FREQ=YEARLY']),
    ['2026-09-12/2026-09-13'],
  ],
  [
    'a nameless stream of events',
    'BEGIN:VEVENT\nDTSTART:20260901T080000Z\nEND:VEVENT\n',
    ['2026-09-01T08:00/2026-09-01T08:00'],
  ],
  [
    'backslashes, quotes and commas in a text',
    calendar(['UID:1', 'DTSTART:20260901T080000Z', String.raw`SUMMARY;LANGUAGE=ru:C:\\new\, «x»\; y`]),
    [String.raw`2026-09-01T08:00/2026-09-01T08:00 C:\new, «x»; y`],
  ],
  [
    'blank lines, odd line ends, odd folds',
    calendar(['UID:1', 'DTSTART:20260901T080000Z', 'SUMMARY:Мате']).replace('Мате', 'Мате\r\r\n\r\n\tматика\n\n'),
    ['2026-09-01T08:00/2026-09-01T08:00 Математика'],
  ],
  [
    'several calendars in one file',
    `${calendar(['UID:1', 'DTSTART:20260901T080000Z'])}${calendar(['UID:1', 'DTSTART:20260902T080000Z'])}`,
    ['2026-09-01T08:00/2026-09-01T08:00', '2026-09-02T08:00/2026-09-02T08:00'],
  ],
  [
    'a zone only the calendar knows',
    calendar(['UID:1', 'DTSTART;TZID=Кампус:20261024T100000', 'RRULE:FREQ=DAILY;COUNT=2']).replace(
      'BEGIN:VEVENT',
      [
        'BEGIN:VTIMEZONE',
        'TZID:Кампус',
        'BEGIN:STANDARD',
        'DTSTART:16011028T030000',
        'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
        'TZOFFSETFROM:+0330',
        'TZOFFSETTO:+0230',
        'END:STANDARD',
        'BEGIN:DAYLIGHT',
        'DTSTART:16010325T020000',
        'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
        'TZOFFSETFROM:+0230',
        'TZOFFSETTO:+0330',
        'END:DAYLIGHT',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
      ].join('\r\n'),
    ),
    ['2026-10-24T06:30/2026-10-24T06:30', '2026-10-25T07:30/2026-10-25T07:30'],
  ],
  [
    'a definition that contradicts a known name: the name wins',
    calendar(['UID:1', 'DTSTART;TZID=Europe/Moscow:20260901T090000']).replace(
      'BEGIN:VEVENT',
      [
        'BEGIN:VTIMEZONE',
        'TZID:Europe/Moscow',
        'BEGIN:STANDARD',
        'DTSTART:20110327T020000',
        'TZOFFSETFROM:+0300',
        'TZOFFSETTO:+0400',
        'END:STANDARD',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
      ].join('\r\n'),
    ),
    ['2026-09-01T06:00/2026-09-01T06:00'],
  ],
  [
    'names of zones: Windows, in quotes, a path, an offset',
    calendar(
      ...[
        'Russian Standard Time',
        '"(UTC+03:00) Moscow, St. Petersburg"',
        '/example.org/2026/Europe/Moscow',
        'UTC+03:00',
      ].map((tzid, index) => [`UID:${index}`, `DTSTART;TZID=${tzid}:20260901T090000`]),
    ),
    Array.from({ length: 4 }, () => '2026-09-01T06:00/2026-09-01T06:00'),
  ],
  [
    'a UTC series under X-WR-TIMEZONE keeps its hour',
    calendar(['UID:1', 'DTSTART:20261019T080000Z', 'RRULE:FREQ=WEEKLY;COUNT=2']).replace(
      'VERSION:2.0',
      'X-WR-TIMEZONE:Europe/Berlin',
    ),
    ['2026-10-19T08:00/2026-10-19T08:00', '2026-10-26T09:00/2026-10-26T09:00'],
  ],
  [
    'the window: overlapping its beginning, not at its end',
    calendar(
      ['UID:1', 'DTSTART:20260831T230000Z', 'DTEND:20260901T010000Z'],
      ['UID:2', 'DTSTART:20260831T220000Z', 'DTEND:20260901T000000Z'],
      ['UID:3', 'DTSTART:20270201T000000Z'],
    ),
    ['2026-08-31T23:00/2026-09-01T01:00'],
  ],
];

describe('reads', () => {
  test.each(CASES)('%s', (_name, text, wanted) => {
    expect(read(text)).toEqual(wanted);
  });
});

test('what is left out is said', () => {
  const { skipped } = readCalendar(
    Buffer.from(calendar(['UID:x', 'DTSTART:20261345T999999'], ['UID:y', 'DTSTART;TZID=Нигде:20260901T090000'])),
    SPAN,
  );
  expect(skipped).toHaveLength(2);
  expect(skipped.join()).toContain('20261345T999999');
  expect(skipped.join()).toContain('Нигде');
});
