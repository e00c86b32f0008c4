/** What we expand and read by ourselves for speed is what node-ical makes of it. */
import * as fc from 'fast-check';
import ical, { type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { UTC } from './clock.ts';
import { commonBetween } from './common.ts';
import { ask } from './engine.ts';
import { calendar, SPAN } from './fixture.ts';
import { readCalendar } from './parse.ts';
import { readRule } from './rule.ts';
import { compact, DAY_MS } from './stamp.ts';
import { readText, readTexts } from './text.ts';

const MINUTE = 60_000;
const weekdays = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), { maxLength: 7 });
/** Days and times from before the window to within it; none in the hours of the night in which clocks are changed. */
const start = fc
  .tuple(fc.integer({ min: -500, max: 140 }), fc.integer({ min: 5 * 60, max: 23 * 60 }))
  .map(([day, minute]) => Date.parse(`${SPAN.from}T00:00:00Z`) + day * DAY_MS + minute * MINUTE);

/** The text of a rule, with whatever parts common rules have. */
const rule = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY'),
    interval: fc.option(fc.integer({ min: 1, max: 15 })),
    days: weekdays,
    weekStart: fc.option(fc.constantFrom('MO', 'SU', 'WE')),
    end: fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 400 }).map((count) => `;COUNT=${count}`),
      fc.tuple(start, fc.boolean()).map(([at, date]) => `;UNTIL=${date ? compact(at).slice(0, 8) : compact(at)}`),
    ),
  })
  .map(({ freq, interval, days, weekStart, end }) =>
    [
      `FREQ=${freq}`,
      interval === null ? '' : `;INTERVAL=${interval}`,
      days.length === 0 ? '' : `;BYDAY=${days.join()}`,
      weekStart === null ? '' : `;WKST=${weekStart}`,
      end,
    ].join(''),
  );

test('starts of a common rule within any window', () => {
  const day = fc.integer({ min: -700, max: 300 }).map((n) => Date.parse(`${SPAN.from}T00:00:00Z`) + n * DAY_MS);
  fc.assert(
    fc.property(rule, start, fc.tuple(day, day), (text, wall, window) => {
      const read = readRule(text, { wall, form: 'utc', tzid: '' }, UTC);
      if (typeof read === 'string' || read.common === null) throw new Error(`${text} is a common rule`);
      const [from, to] = [Math.min(...window), Math.max(...window)];
      const [theirs] = ask([{ start: wall, rule: read.text }]);
      if (typeof theirs !== 'function') throw new Error(theirs);
      expect(commonBetween(read.common, wall)(from, to)).toEqual(theirs(from, to));
    }),
    { numRuns: 1_000, seed: 5545 },
  );
});

test.each(['Europe/Berlin', 'Europe/Moscow', 'America/New_York'])(
  'moments of a common rule over the changes of the clocks: %s',
  (zone) => {
    fc.assert(
      fc.property(rule, start, (text, wall) => {
        const local = compact(wall).slice(0, -1);
        const feed = calendar(['UID:1', `DTSTART;TZID=${zone}:${local}`, `RRULE:${text}`]);
        const [event] = Object.values(ical.sync.parseICS(feed)).filter((one) => one?.type === 'VEVENT');
        const [from, to] = [Date.parse(SPAN.from), Date.parse(SPAN.to)];
        const ours = readCalendar(Buffer.from(feed), { ...SPAN, zone }).occurrences.map(({ startsAt }) => startsAt);
        const theirs = ical
          .expandRecurringEvent(event as VEvent, { from: new Date(from - DAY_MS), to: new Date(to + DAY_MS) })
          .map((one) => one.start.getTime());
        // A day at either end is left to each: by the calendar's own clock or by UTC. DTSTART outside its rule is theirs to leave out.
        const inner = (at: number): boolean => at >= from + DAY_MS && at < to - DAY_MS && at !== readStart(feed, zone);
        expect(ours.filter(inner)).toEqual(theirs.filter(inner));
      }),
      { numRuns: 30, seed: 5545 },
    );
  },
);

/** The moment of DTSTART alone. */
function readStart(feed: string, zone: string): number | undefined {
  const alone = Buffer.from(feed.replace(/RRULE.*\r\n/, ''));
  return readCalendar(alone, { from: '2020-01-01', to: '2030-01-01', zone }).occurrences[0]?.startsAt;
}

test('the common rules are these; any other part leaves the rule to node-ical', () => {
  const commons = ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TU;WKST=SU', 'FREQ=DAILY;INTERVAL=2;COUNT=5'];
  const others = ['FREQ=MONTHLY', 'FREQ=DAILY;BYHOUR=9,10', 'FREQ=WEEKLY;BYMONTH=9', 'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1'];
  const isCommon = (text: string): boolean => {
    const read = readRule(text, { wall: 0, form: 'utc', tzid: '' }, UTC);
    return typeof read !== 'string' && read.common !== null;
  };
  expect([...commons, ...others].filter(isCommon)).toEqual(commons);
});

test('texts and lists of texts', () => {
  const pieces = ['\\n', '\\N', '\\,', '\\;', '"', ',', ';', ':', ' ', 'Физика', 'x', '\t'];
  const written = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(written, (value) => {
      const feed = calendar(['UID:1', 'DTSTART:20260901T090000Z', `SUMMARY:${value}`, `CATEGORIES:${value}`]);
      const event = ical.sync.parseICS(feed)['1'] as VEvent;
      expect(readText(value)).toBe(String(event.summary).trim());
      expect(readTexts(value)).toEqual(
        (event.categories ?? []).map((word) => word.trim()).filter((word) => word !== ''),
      );
    }),
    { numRuns: 1_000, seed: 5545 },
  );
  // Here node-ical errs: a backslash and an n would become a line break.
  expect(readText(String.raw`C:\\new\x`)).toBe(String.raw`C:\new\x`);
});
