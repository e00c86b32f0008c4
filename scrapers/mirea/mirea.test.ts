/** Beside the saved pages (test/scrapers.test.ts): requests, the gate before node-ical, the search. */
import { expect, test } from 'vitest';
import { type Page, SourceError, type Span } from '#source';
import mirea from './index.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

function page(body: string): Page {
  const url = 'https://schedule-of.mirea.ru/';
  return { request: { url }, url, status: 200, headers: {}, body: new TextEncoder().encode(body) };
}

const BASE = [
  'UID:a',
  'SUMMARY:ПР Физика',
  'DTSTART;TZID=Europe/Moscow:20260901T090000',
  'DTEND;TZID=Europe/Moscow:20260901T103000',
];

function days(...events: readonly (readonly string[])[]): readonly (string | undefined)[] {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']);
  const body = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
  return mirea.parse([page(body)], { id: '1' }, SPAN).lessons.map(({ day }) => day);
}

test('asks for the calendar of a group, a teacher or a room', () => {
  const url = (kind: string): unknown => mirea.plan({ kind, id: '7' }, [], SPAN);
  for (const [kind, target] of [
    ['group', 1],
    ['teacher', 2],
    ['room', 3],
  ] as const)
    expect(url(kind)).toMatchObject([
      { url: `https://schedule-of.mirea.ru/schedule/api/ical/${target}/7?includeMeta=true` },
    ]);
  expect(() => mirea.plan({ id: 'ИКБО-20-26' }, [], SPAN)).toThrow(SourceError);
});

test('every second week, the first date excluded, by local and by UTC ends', () => {
  const first = 'EXDATE;TZID=Europe/Moscow:20260901T090000';
  expect(days([...BASE, 'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261001T000000', first])).toEqual([
    '2026-09-15',
    '2026-09-29',
  ]);
  expect(days([...BASE, 'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260929T060000Z', first])).toEqual([
    '2026-09-15',
    '2026-09-29',
  ]);
  expect(days([...BASE, 'RRULE:FREQ=WEEKLY;COUNT=3'])).toEqual(['2026-09-01', '2026-09-08', '2026-09-15']);
  expect(days([...BASE, 'RRULE:FREQ=WEEKLY;COUNT=2', 'EXDATE:20260908T090000'])).toEqual(['2026-09-01']);
});

test('a rule that ends on a day without an hour is held on that day too', () => {
  expect(days([...BASE, 'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260915'])).toEqual(['2026-09-01', '2026-09-15']);
});

function lessons(...lines: readonly string[]) {
  const body = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...BASE.slice(2), ...lines, 'END:VEVENT', 'END:VCALENDAR'];
  return mirea.parse([page(body.join('\r\n'))], { id: '1' }, SPAN).lessons;
}

test.each([
  [['X-META-LESSON_TYPE:ЛК', 'X-META-FULL_LESSON_TYPE:Лекционные занятия'], 'ЛК'],
  [['X-META-LESSON_TYPE:ЗД'], 'дифференцированный зачёт'],
  [['X-META-LESSON_TYPE:З'], 'зачёт'],
  [['X-META-LESSON_TYPE:Э'], 'экзамен'],
  [['X-META-LESSON_TYPE:КР'], 'КР'],
  [['X-META-LESSON_TYPE:ТЗ', 'X-META-FULL_LESSON_TYPE:Консультация'], 'Консультация'],
  [['CATEGORIES:ПР'], 'ПР'],
])('%j is the kind «%s»', (lines, kind) => {
  expect(lessons('SUMMARY:Физика', 'X-META-DISCIPLINE:Физика', ...lines)).toMatchObject([{ kind }]);
});

test.each([
  ['ЛАБ Физика 1 п/г', '1'],
  ['ЛАБ Физика 1п/г, 2 п/г', '1, 2'],
  [String.raw`ЛАБ Физика 2 п\г`, '2'],
  ['ЛАБ Физика 2', undefined],
  ['ЛК Физика 1 погружение', undefined],
])('«%s» is for the subgroup %s', (summary, subgroup) => {
  const [lesson] = lessons(`SUMMARY:${summary}`, 'X-META-DISCIPLINE:Физика', 'X-META-LESSON_TYPE:ЛАБ');
  expect([lesson?.subject, lesson?.subgroup]).toEqual(['Физика', subgroup]);
});

test('without the site’s own fields the title is the subject, its kind taken off', () => {
  expect(lessons('SUMMARY:СР Физика', 'CATEGORIES:СР')).toMatchObject([{ subject: 'Физика', kind: 'СР' }]);
});

test('what takes nobody’s time is no lesson, but numbers its week', () => {
  const day = ['DTSTART;VALUE=DATE:20260831', 'DTEND;VALUE=DATE:20260907', 'TRANSP:TRANSPARENT'];
  const of = (summary: string) => ['BEGIN:VEVENT', ...day, `SUMMARY:${summary}`, 'END:VEVENT'];
  const body = ['BEGIN:VCALENDAR', ...of('1 неделя'), ...of('Дни открытых дверей'), 'END:VCALENDAR'];
  const parsed = mirea.parse([page(body.join('\r\n'))], { id: '1' }, SPAN);
  expect([parsed.lessons, parsed.term?.week1]).toEqual([[], '2026-08-31']);
});

test('one UID for two parts of a series loses neither', () => {
  const other = BASE.map((line) => line.replaceAll('20260901', '20260902'));
  expect(days(BASE, other)).toEqual(['2026-09-01', '2026-09-02']);
});

test.each([
  ['RRULE:FREQ=SECONDLY;COUNT=999'],
  ['RRULE:FREQ=WEEKLY;INTERVAL=2'],
  ['RRULE:FREQ=WEEKLY;UNTIL=20261001T000000;BYHOUR=1,2,3'],
  ['RRULE:UNTIL=20261001T000000;FREQ=WEEKLY'],
  ['RECURRENCE-ID;TZID=Europe/Moscow:20260901T090000'],
  ['RDATE;TZID=Europe/Moscow:20260903T090000'],
  ['EXDATE;TZID=Asia/Tokyo:20260901T090000'],
  ['DTSTART;TZID=Asia/Tokyo:20260901T090000'],
])('«%s» is left out and named', (line) => {
  const lines = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    ...BASE,
    line,
    'END:VEVENT',
    'BEGIN:VEVENT',
    ...BASE,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const parsed = mirea.parse([page(lines.join('\n'))], { id: '1' }, SPAN);
  expect([parsed.lessons.length, parsed.skipped.length]).toEqual([1, 1]);
  expect(parsed.skipped[0]).toContain('ПР Физика');
  const alone = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...BASE, line, 'END:VEVENT', 'END:VCALENDAR'];
  expect(() => mirea.parse([page(alone.join('\n'))], { id: '1' }, SPAN)).toThrow(SourceError);
});

test('a fold inside a letter does not break it', () => {
  const bytes = new TextEncoder().encode(
    ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...BASE, 'X-META-DISCIPLINE:Ж', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n'),
  );
  const at = bytes.indexOf(0xd0, bytes.length - 40) + 1;
  const body = Uint8Array.from([...bytes.slice(0, at), 13, 10, 32, ...bytes.slice(at)]);
  expect(mirea.parse([{ ...page(''), body }], { id: '1' }, SPAN).lessons).toMatchObject([{ subject: 'Ж' }]);
});

test('the search is turned page by page and ends', () => {
  const row = { id: 7, targetTitle: 'ИКБО-20-26', fullTitle: 'ИКБО-20-26', scheduleTarget: 1 };
  const teacher = { id: 8, targetTitle: 'Лосев П. И.', fullTitle: 'Лосев Пётр Ильич', scheduleTarget: 2 };
  const [first, last] = [
    page(JSON.stringify({ data: [row], nextPageToken: 'abc=' })),
    page(JSON.stringify({ data: [row, teacher, { id: 9, scheduleTarget: 4 }], nextPageToken: null })),
  ];
  expect(mirea.catalogue?.plan({}, [], SPAN)).toMatchObject([{ url: expect.stringMatching(/search\?limit=100$/) }]);
  expect(mirea.catalogue?.plan({ match: 'Лосев' }, [], SPAN)).toMatchObject([
    { url: expect.stringMatching(/search\?limit=100&match=%D0%9B/) },
  ]);
  expect(mirea.catalogue?.plan({}, [first], SPAN)).toMatchObject([
    { url: expect.stringContaining('pageToken=abc%3D') },
  ]);
  expect(mirea.catalogue?.plan({}, [first, last], SPAN)).toBe('done');
  expect(() =>
    mirea.catalogue?.plan(
      {},
      Array.from({ length: 400 }, () => first),
      SPAN,
    ),
  ).toThrow(SourceError);
  expect(mirea.catalogue?.parse([first, last], {}, SPAN)).toEqual([
    { kind: 'group', name: 'ИКБО-20-26', ask: { kind: 'group', id: '7' } },
    { kind: 'teacher', name: 'Лосев Пётр Ильич', ask: { kind: 'teacher', id: '8' } },
  ]);
});
