/** Series and their exceptions: rules, EXDATE, RDATE, changed dates, versions. */
import { describe, expect, test } from 'vitest';
import { calendar, read } from './fixture.ts';

const START = 'DTSTART;TZID=Europe/Berlin:20261019T100000';
const WEEKLY = ['UID:1', START, 'DTEND;TZID=Europe/Berlin:20261019T113000', 'RRULE:FREQ=WEEKLY;COUNT=3'];

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a series keeps its hour over the end of summer time',
    calendar(WEEKLY),
    ['2026-10-19T08:00/2026-10-19T09:30', '2026-10-26T09:00/2026-10-26T10:30', '2026-11-02T09:00/2026-11-02T10:30'],
  ],
  [
    'EXDATE in UTC, in another zone and as a date',
    calendar([
      ...WEEKLY.slice(0, 3),
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'EXDATE:20261019T080000Z',
      'exdate;tzid=Europe/Moscow:20261026T120000',
      'EXDATE;VALUE=DATE:20261102',
    ]),
    ['2026-11-09T09:00/2026-11-09T10:30'],
  ],
  [
    'RDATE and its periods',
    calendar([
      ...WEEKLY.slice(0, 3),
      'RDATE;TZID=Europe/Berlin:20261021T100000',
      'RDATE;VALUE=PERIOD:20261022T080000Z/PT30M,20261023T080000Z/20261023T090000Z',
    ]),
    [
      '2026-10-19T08:00/2026-10-19T09:30',
      '2026-10-21T08:00/2026-10-21T09:30',
      '2026-10-22T08:00/2026-10-22T08:30',
      '2026-10-23T08:00/2026-10-23T09:00',
    ],
  ],
  [
    'two rules in one event',
    calendar([
      'UID:1',
      'DTSTART:20260901T060000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2',
      'RRULE:BYDAY=TH;FREQ=WEEKLY;COUNT=1',
    ]),
    ['2026-09-01T06:00/2026-09-01T07:00', '2026-09-03T06:00/2026-09-03T07:00', '2026-09-08T06:00/2026-09-08T07:00'],
  ],
  [
    'two events with one UID',
    calendar(['UID:1', 'DTSTART:20260901T060000Z', 'SUMMARY:A'], ['UID:1', 'DTSTART:20260902T060000Z', 'SUMMARY:B']),
    ['2026-09-01T06:00/2026-09-01T06:00 A', '2026-09-02T06:00/2026-09-02T06:00 B'],
  ],
  [
    'the highest SEQUENCE of one UID',
    calendar(
      ['UID:1', 'SEQUENCE:2', 'DTSTART:20260902T060000Z', 'SUMMARY:new'],
      ['UID:1', 'SEQUENCE:1', 'DTSTART:20260901T060000Z', 'SUMMARY:old'],
    ),
    ['2026-09-02T06:00/2026-09-02T06:00 new'],
  ],
  [
    'the highest SEQUENCE of one RECURRENCE-ID',
    calendar(
      ['UID:1', 'DTSTART:20260901T060000Z', 'RRULE:FREQ=DAILY;COUNT=2', 'SUMMARY:a'],
      ['UID:1', 'SEQUENCE:9', 'RECURRENCE-ID:20260902T060000Z', 'DTSTART:20260902T090000Z', 'SUMMARY:new'],
      ['UID:1', 'SEQUENCE:3', 'RECURRENCE-ID:20260902T060000Z', 'DTSTART:20260902T080000Z', 'SUMMARY:old'],
    ),
    ['2026-09-01T06:00/2026-09-01T06:00 a', '2026-09-02T09:00/2026-09-02T09:00 new'],
  ],
  [
    'this and all later dates changed',
    calendar(
      ['UID:1', 'DTSTART:20260901T060000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4', 'SUMMARY:a'],
      [
        'UID:1',
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20260902T060000Z',
        'DTSTART:20260902T073000Z',
        'DURATION:PT2H',
        'SUMMARY:b',
      ],
      ['UID:1', 'RECURRENCE-ID:20260904T060000Z', 'DTSTART:20260904T060000Z', 'SUMMARY:c'],
    ),
    [
      '2026-09-01T06:00/2026-09-01T07:00 a',
      '2026-09-02T07:30/2026-09-02T09:30 b',
      '2026-09-03T07:30/2026-09-03T09:30 b',
      '2026-09-04T06:00/2026-09-04T06:00 c',
    ],
  ],
  [
    'a change without its series, and one before its series',
    calendar(
      ['UID:9', 'RECURRENCE-ID:20260905T060000Z', 'DTSTART:20260905T070000Z', 'SUMMARY:orphan'],
      ['UID:1', 'RECURRENCE-ID:20260902T060000Z', 'DTSTART:20260902T080000Z', 'SUMMARY:b'],
      ['UID:1', 'DTSTART:20260901T060000Z', 'RRULE:FREQ=DAILY;COUNT=2', 'SUMMARY:a'],
    ),
    [
      '2026-09-01T06:00/2026-09-01T06:00 a',
      '2026-09-02T08:00/2026-09-02T08:00 b',
      '2026-09-05T07:00/2026-09-05T07:00 orphan',
    ],
  ],
  [
    'a leftover change of a date the newer series has not',
    calendar(
      ['UID:1', 'SEQUENCE:5', 'DTSTART:20260901T060000Z', 'RRULE:FREQ=DAILY;COUNT=1'],
      ['UID:1', 'SEQUENCE:4', 'RECURRENCE-ID:20260905T060000Z', 'DTSTART:20260905T070000Z'],
    ),
    ['2026-09-01T06:00/2026-09-01T06:00'],
  ],
];

describe('reads', () => {
  test.each(CASES)('%s', (_name, text, wanted) => {
    expect(read(text)).toEqual(wanted);
  });
});

test('the zone of the machine changes nothing', () => {
  const text = calendar(
    [
      'UID:1',
      'DTSTART;VALUE=DATE:20261024',
      'DTEND;VALUE=DATE:20261026',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'EXDATE;VALUE=DATE:20261031',
    ],
    ['UID:2', 'DTSTART:20261024T233000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'],
    ['UID:3', 'DTSTART;TZID=Customized Time Zone:20261024T100000'],
    ['UID:4', 'RECURRENCE-ID;VALUE=DATE:20261024', 'DTSTART;VALUE=DATE:20261025'],
  );
  const host = process.env.TZ;
  const readings = ['Pacific/Nauru', 'America/Los_Angeles', 'UTC', 'Europe/Berlin'].map((zone) => {
    process.env.TZ = zone;
    return read(text);
  });
  process.env.TZ = host;
  expect(readings[0]).toHaveLength(7);
  for (const reading of readings) expect(reading).toEqual(readings[0]);
});
