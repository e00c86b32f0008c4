/** What the saved pages do not show: that the ways of reading agree, which pages are asked for, the catalogue, what is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, type Request, SourceError, type Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import { casesOf, travel } from '../../test/source/saved.ts';
import asu from './index.ts';
import { windowOf } from './target.ts';

const SPAN: Span = { from: '2026-08-31', to: '2027-03-01', zone: 'Asia/Barnaul' };
const ASK: Ask = { group: '5.205-1', path: '15/2129441347', token: 'example-token' };

function page(request: Request, body: string | Uint8Array, status = 200, headers: Page['headers'] = {}): Page {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { request, url: request.url, status, headers, body: bytes };
}

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { error: { kind: error.kind, detail: error.detail, suggestions: error.suggestions } };
  }
}

test('the page and list.json of one week become the same lessons', () => {
  const lessons = (name: string): unknown => {
    const one = casesOf('asu').find((saved) => saved.name === name);
    if (one === undefined) throw new Error(`no case ${name}`);
    const { outcome: read } = travel(asu, one);
    return 'error' in read ? read : normalize(read, 'Asia/Barnaul').lessons;
  };
  expect(lessons('html-week')).toEqual(lessons('json-week'));
  expect(lessons('json-week')).toMatchObject([
    { subject: 'Математический анализ', kind: 'lecture', place: { room: '401 Л', format: 'onsite' }, number: 1 },
    { kind: 'practice', subgroup: '1', times: { start: '09:40', end: '11:10' } },
    { kind: 'practice', subgroup: '2', teachers: [], times: { start: '09:40', end: '11:10' } },
    { subject: 'Философия', place: { room: '', format: 'remote' }, times: { on: 'day', day: '2026-09-15' } },
  ]);
});

describe('plan', () => {
  const url = (ask: Ask, span = SPAN): string | undefined => {
    const plan = asu.plan(ask, [], span);
    return plan === 'done' ? undefined : plan[0]?.url;
  };

  test('asks for five weeks from the current one in one request', () => {
    expect(url(ASK)).toBe(
      'https://www.asu.ru/timetable/students/15/2129441347/?date=20260914-20261018&file=list.json&api_token=example-token',
    );
    expect(url({ ...ASK, mode: 'html' })).toBe(
      'https://www.asu.ru/timetable/students/15/2129441347/?date=20260914-20261018',
    );
    expect(url({ teacher: 'Иванов', path: '15/11/101', mode: 'print' })).toBe(
      'https://www.asu.ru/timetable/lecturers/15/11/101/?date=20260914-20261018&mode=print',
    );
    expect(url({ ...ASK, mode: 'html' }, { ...SPAN, to: '2026-09-20' })).toContain('date=20260914-20260919');
  });

  test('searches in Cyrillic when only the name is known', () => {
    expect(url({ group: ' 305c11-4 ', mode: 'print' })).toBe(
      `https://www.asu.ru/timetable/search/students/?query=${encodeURIComponent('305с11-4')}`,
    );
  });

  test.each([
    [{ group: '5.205-1' }, 'refused', 'no-token'],
    [{ ...ASK, mode: 'ics' }, 'refused', 'mode'],
    [{ ...ASK, path: '15/../../admin' }, 'unknown-param', 'path'],
    [{ ...ASK, path: '15' }, 'unknown-param', 'path'],
    [{ token: 'example-token' }, 'unknown-param', 'ask'],
    [{ room: '401 Л', mode: 'html' }, 'unknown-param', 'ask'],
  ])('refuses %j', (ask, kind, detail) => {
    expect(outcome(() => url(ask))).toMatchObject({ error: { kind, detail } });
  });

  test('the days read are whole weeks from a Monday, and never none', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((days) => new Date((20_000 + days) * 86_400_000).toISOString());
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 300 }), (from, length) => {
        const span = { from: from.slice(0, 10), to: '', zone: 'Asia/Barnaul' };
        const end = new Date(Date.parse(span.from) + length * 86_400_000).toISOString().slice(0, 10);
        const window = windowOf({ ...span, to: end });
        expect(window.from < window.to && window.to <= end).toBe(true);
        expect(new Date(window.from).getUTCDay()).toBe(1);
        expect(Date.parse(window.to) - Date.parse(window.from)).toBeLessThanOrEqual(35 * 86_400_000);
      }),
    );
  });
});

describe('a page', () => {
  const request = { url: 'https://www.asu.ru/timetable/students/15/2129441347/' };
  const read = (body: string, ask: Ask = { ...ASK, mode: 'html' }): unknown =>
    outcome(() => asu.parse([page(request, body)], ask, SPAN));
  const MENU = '<a href="/timetable/students/">Студентам</a><a href="/timetable/lecturers/">Преподавателям</a>';
  const CHECK = `<script>request.setRequestHeader('X-CS-ID', '0123456789abcdef0123456789abcdef');</script>`;
  const blocked = { error: { kind: 'blocked', detail: 'challenge', suggestions: [] } };
  const row = (subject: string, lecturer = ''): string =>
    `<div class="schedule_table"><div class="schedule_table-body-rows_group">
       <span class="schedule_table-date-wd">пн</span><span class="schedule_table-date-dm">14.09</span>
       <div class="schedule_table-body-row"><div data-type="num">1</div><div data-type="time">08:00 - 09:30</div>
         <div data-type="subject">${subject}</div><div data-type="lecturer">${lecturer}</div><div data-type="room"></div>
       </div></div></div>`;

  test('with the check inside the frame of the site is a check, in the timetable, the search and the lists', () => {
    expect(read(MENU + CHECK)).toEqual(blocked);
    expect(read(MENU + CHECK, { group: '5.205-1', mode: 'html' })).toEqual(blocked);
    const lists = (body: string): unknown =>
      outcome(() => {
        const ask = { mode: 'html', list: 'groups' };
        const top = asu.catalogue?.plan(ask, [], SPAN);
        const [first] = top === undefined || top === 'done' ? [] : top;
        return first === undefined ? null : asu.catalogue?.plan(ask, [page(first, body)], SPAN);
      });
    expect(lists(MENU + CHECK)).toEqual(blocked);
    // The script alone takes nothing away from a page that answers.
    expect(lists(`${CHECK}<a href="/timetable/students/15/">ИМИТ</a>`)).toMatchObject([{ url: /students\/15\/$/ }]);
    expect(read(CHECK + row('Физика'))).toMatchObject({ lessons: [{ subject: 'Физика' }] });
  });

  test('that says «Нет занятий» beside an empty table is an honest empty week', () => {
    const empty = '<div class="schedule_table"></div>';
    expect(read(`${empty}<div class="l-box alert">Нет занятий</div>`)).toMatchObject({ lessons: [] });
    expect(read(empty)).toMatchObject({ error: { kind: 'changed', detail: 'empty-table' } });
    expect(read(`${empty}<div class="l-box alert">Технические работы</div>`)).toMatchObject({
      error: { kind: 'changed', detail: 'alert' },
    });
  });

  test('loses no word of a cell: every badge, every comment, teachers with and without a page of their own', () => {
    const subject = `<span class="schedule_table-badge">лек.</span><span class="schedule_table-badge">поток</span> Физика
      <span class="schedule_table-subtext">по выбору</span><span class="schedule_table-subtext">взять халат</span>`;
    const lecturers = `<a href="/timetable/lecturers/15/11/101/">Иванов И. И.</a>
      <span class="schedule_table-simple_badge">доцент</span>, Петрова П. П.`;
    expect(read(row(subject, lecturers))).toMatchObject({
      lessons: [
        {
          subject: 'Физика',
          kind: 'лек.',
          note: 'поток\nпо выбору\nвзять халат',
          teachers: ['Иванов И. И.', 'Петрова П. П.'],
        },
      ],
    });
  });
});

test.each([
  [401, 'blocked'],
  [403, 'blocked'],
  [404, 'unknown-param'],
  [429, 'unreachable'],
  [503, 'unreachable'],
])('status %d is %s', (status, kind) => {
  const request = { url: 'https://www.asu.ru/timetable/' };
  for (const mode of ['json', 'html', 'print'])
    expect(outcome(() => asu.parse([page(request, '{}', status)], { ...ASK, mode }, SPAN))).toMatchObject({
      error: { kind, detail: `http-${status}` },
    });
});

test('never throws anything but a SourceError, whatever the bytes are', () => {
  const start = fc.constantFrom(
    '',
    '{"schedule":{"records":[',
    '{"schedule":{"records":[{"lessonDate":"20260914","lessonGroups":[null],"lessonRoom":7}]}}',
    '<div class="schedule_table"><div class="schedule_table-body-rows_group"><div class="schedule_table-body-row">',
  );
  fc.assert(
    fc.property(
      start,
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('json', 'html', 'print'),
      (head, tail, mode) => {
        const body = Buffer.concat([Buffer.from(head), tail]);
        const pages = [page({ url: 'https://www.asu.ru/' }, body)];
        outcome(() => asu.parse(pages, { ...ASK, mode }, SPAN));
      },
    ),
  );
});

describe('catalogue', () => {
  /** Walks the tree, answering by the part of the address below /timetable/. */
  function walk(ask: Ask, answers: Readonly<Record<string, string>>): unknown {
    const pages: Page[] = [];
    for (;;) {
      const plan = asu.catalogue?.plan(ask, pages, SPAN);
      if (plan === undefined || plan === 'done') return asu.catalogue?.parse(pages, ask, SPAN);
      for (const request of plan)
        pages.push(page(request, answers[new URL(request.url).pathname.replace('/timetable/', '')] ?? ''));
    }
  }

  test('groups of every faculty, and rooms where they can be read, by list.json; the token stays where it is configured', () => {
    const answers = {
      'students/': '{"faculties":{"records":[{"facultyId":"15","facultyTitle":"ИМИТ"},{"facultyId":16}]}}',
      'students/15/':
        '{"groups":{"records":[{"groupId":1,"groupCode":"5.205-1","path":"15/1/"},{"groupCode":"","path":"15/2"},{"groupCode":"x","path":"../1"}]}}',
      'students/16/': '{"groups":{"rows":0}}',
      'lecturers/': '{"faculties":{"records":[{"facultyId":"15","facultyTitle":"ИМИТ"}]}}',
      'lecturers/15/': 'busy',
    };
    const wanted = [{ kind: 'group', name: '5.205-1', ask: { group: '5.205-1', path: '15/1' } }];
    expect(walk({ token: 'example-token', list: 'groups' }, answers)).toEqual(wanted);
    expect(walk({ token: 'example-token', list: 'groups, teachers' }, answers)).toEqual(wanted);
    expect(walk({ token: 'example-token' }, answers)).toEqual(wanted);
  });

  test('teachers of one faculty, chair by chair', () => {
    const answers = {
      'lecturers/15/': '{"chairs":{"records":[{"chairId":"11","chairTitle":"Кафедра"}]}}',
      'lecturers/15/11/':
        '{"lecturers":{"records":[{"lecturerId":101,"lecturerName":"Иванов И. И.","lecturerIdChair":11,"path":"15/11/101/"}]}}',
    };
    expect(walk({ token: 'example-token', list: 'teachers', under: '15' }, answers)).toEqual([
      { kind: 'teacher', name: 'Иванов И. И.', ask: { teacher: 'Иванов И. И.', path: '15/11/101' } },
    ]);
  });

  test('links of the pages where the operator chose them', () => {
    const answers = {
      'rooms/': '<a href="/timetable/rooms/4/">Л</a><a href="/timetable/students/">Студентам</a>',
      'rooms/4/':
        '<a href="/timetable/rooms/">Аудитории</a><a href="/timetable/rooms/4/401/">401 Л</a><a href="/timetable/rooms/5/1/">чужая</a>',
    };
    expect(walk({ mode: 'print', list: 'rooms' }, answers)).toEqual([
      { kind: 'room', name: '401 Л', ask: { room: '401 Л', path: '4/401' } },
    ]);
  });

  test('no group at all is no catalogue', () => {
    const answers = { 'students/': '{"faculties":{"records":[]}}' };
    expect(outcome(() => walk({ token: 'example-token' }, answers))).toMatchObject({
      error: { kind: 'changed', detail: 'empty-list' },
    });
  });
});
