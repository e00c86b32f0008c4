/** An address as people copy it from a site: whose timetable it names, only which university, or nothing of ours. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSites as mmisSites } from '../../scrapers/mmis/universities.ts';
import { readSites as ruzSites } from '../../scrapers/ruz/universities.ts';
import { planOf, SourceError } from '../../src/source/contract.ts';
import { loadSource } from '../../src/source/load.ts';
import { lookAt } from '../../src/source/recognise.ts';

const FACULTY = '22222222-2222-11ef-8222-222222222222';
const UUID = '11111111-1111-11ef-8111-111111111111';

test.each([
  ['asu', 'https://www.asu.ru/timetable/students/15/2129441347/', [{ kind: 'group', ask: { path: '15/2129441347' } }]],
  [
    'asu',
    'http://asu.ru/timetable/students/15/2129441347?date=20260914',
    [{ kind: 'group', ask: { path: '15/2129441347' } }],
  ],
  ['asu', 'https://www.asu.ru/timetable/lecturers/3/4/5/', [{ kind: 'teacher', ask: { path: '3/4/5' } }]],
  // A faculty is no group.
  ['asu', 'https://www.asu.ru/timetable/students/15/', [null]],
  ['bmstu', `https://lks.bmstu.ru/schedule/${UUID.toUpperCase()}`, [{ kind: 'group', ask: { id: UUID } }]],
  ['bmstu', `webcal://lks.bmstu.ru/lks-back/srv/v2/ics/${UUID}`, [{ kind: 'group', ask: { id: UUID } }]],
  ['bmstu', 'https://lks.bmstu.ru/schedule/list', [null]],
  ['mmis', 'https://edu.donstu.ru/WebApp/#/Rasp/Group/51342', ['dstu', { kind: 'group', ask: { id: '51342' } }]],
  ['mmis', 'http://edu.donstu.ru/WebApp/#/Rasp/Group/51342?d=1', ['dstu', { kind: 'group', ask: { id: '51342' } }]],
  ['mmis', 'https://edu.donstu.ru/WebApp/#/Rasp', ['dstu', null]],
  [
    'mirea',
    'https://schedule-of.mirea.ru/?date=2026-9-14&s=1_4235',
    [{ kind: 'group', ask: { kind: 'group', id: '4235' } }],
  ],
  [
    'mirea',
    'https://schedule-of.mirea.ru/schedule/genericschedule?type=3&id=741&asImage=True',
    [{ kind: 'room', ask: { kind: 'room', id: '741' } }],
  ],
  [
    'mirea',
    'https://schedule-of.mirea.ru/?scheduleTitle=%D0%98%D0%9A%D0%91%D0%9E-40-23&date=2026-09-14',
    [
      { kind: 'group', ask: { group: 'ИКБО-40-23' } },
      { kind: 'teacher', ask: { teacher: 'ИКБО-40-23' } },
      { kind: 'room', ask: { room: 'ИКБО-40-23' } },
    ],
  ],
  ['mirea', 'https://schedule-of.mirea.ru/?s=4_1', [null]],
  [
    'mirea',
    'https://schedule-of.mirea.ru/schedule/api/ical/2/77',
    [{ kind: 'teacher', ask: { kind: 'teacher', id: '77' } }],
  ],
  [
    'ruz',
    'https://ruz.fa.ru/api/schedule/group/137271?start=2026.09.14',
    ['fa', { kind: 'group', ask: { id: '137271' } }],
  ],
  [
    'ruz',
    'https://portal.unn.ru/ruzapi/schedule/group/52664.ics?start=2026.09.14&finish=2026.09.20',
    ['unn', { kind: 'group', ask: { id: '52664' } }],
  ],
  ['ruz', 'https://ruz.fa.ru/api/schedule/student/5', ['fa', null]],
  ['ruz', 'https://ruz.fa.ru/ruz/main', ['fa', null]],
  // Two campuses share the site: the catalogue tells whose the number is, or the person which group.
  ['ruz', 'https://ruz.hse.ru/ruz/main', ['hse-perm', null, 'hse', null]],
  ['spbpu', 'https://ruz.spbstu.ru/faculty/101/groups/42021', [{ kind: 'group', ask: { kind: 'group', id: '42021' } }]],
  [
    'spbpu',
    'https://ruz.spbstu.ru/places/11/533?date=2026-09-14',
    [{ kind: 'room', ask: { kind: 'room', id: '533', building: '11' } }],
  ],
  ['spbpu', 'https://ruz.spbstu.ru/teachers/101', [{ kind: 'teacher', ask: { kind: 'teacher', id: '101' } }]],
  [
    'spbu',
    'https://timetable.spbu.ru/AGSM/StudentGroupEvents/Primary/366647',
    [{ kind: 'group', ask: { kind: 'group', id: '366647' } }],
  ],
  ['tsu', `https://intime.tsu.ru/schedule/group/${UUID}`, [{ kind: 'group', ask: { id: UUID } }]],
  ['tsu', `https://intime.tsu.ru/schedule/group/${UUID}?name=932603`, [{ kind: 'group', ask: { id: UUID } }]],
  // The faculty stands first, and is not what is asked for.
  ['tsu', `https://intime.tsu.ru/schedule/group/${FACULTY}/${UUID}`, [{ kind: 'group', ask: { id: UUID } }]],
  ['tsu', `https://intime.tsu.ru/schedule/audience/${UUID}?name=235%20(2)`, [{ kind: 'room', ask: { id: UUID } }]],
  [
    'tsu',
    `https://intime.tsu.ru/api/web/v1/schedule/professor?dateFrom=2026-09-14&id=${UUID}`,
    [{ kind: 'teacher', ask: { id: UUID } }],
  ],
  ['tsu', 'https://intime.tsu.ru/schedule/group', [null]],
  ['mmis', 'https://asu.bspu.ru/WebApp/#/Rasp/Teacher/2116', ['bspu', { kind: 'teacher', ask: { id: '2116' } }]],
  ['mmis', 'https://eios.kosgos.ru/WebApp/#/Rasp/List', ['kosgos', null]],
  ['asu', 'https://www.asu.ru/timetable/rooms/4/401/', [{ kind: 'room', ask: { path: '4/401' } }]],
  [
    'spbu',
    'https://timetable.spbu.ru/EducatorEvents/2121',
    [{ kind: 'teacher', ask: { kind: 'teacher', id: '2121' } }],
  ],
  [
    'spbu',
    'https://timetable.spbu.ru/WeekEducatorEvents/2121/2026-09-14',
    [{ kind: 'teacher', ask: { kind: 'teacher', id: '2121' } }],
  ],
  ['etu', 'https://digital.etu.ru/schedule/', [null]],
  ['etu', 'https://digital.etu.ru/schedule/?schedule=group&group=4344', [{ kind: 'group', ask: { group: '4344' } }]],
  ['mospolytech', 'https://rasp.dmami.ru/?251-321', [{ kind: 'group', ask: { group: '251-321' } }]],
  ['mospolytech', 'https://rasp.dmami.ru/', [null]],
  ['sfu', 'https://edu.sfu-kras.ru/timetable?group=КИ26-17', [{ kind: 'group', ask: { target: 'КИ26-17' } }]],
  ['asu', 'https://asu.ru.example/timetable/students/15/2129441347/', []],
  ['mmis', 'https://example.org/WebApp/#/Rasp/Group/1', []],
  ['ruz', 'javascript:alert(1)', []],
  ['ruz', 'ruz.fa.ru', []],
])('%s %s', async (id, address, expected) => {
  const { found } = lookAt(await loadSource(id), { addresses: [address], linked: false });
  expect(found.flatMap(({ university, entry }) => (university === undefined ? [entry] : [university, entry]))).toEqual(
    expected,
  );
});

/** A link on a page of somebody else leads to where timetables are, or to the front page: other pages of a university say nothing of them. */
test.each([
  ['asu', 'https://www.asu.ru/', 1],
  ['asu', 'https://www.asu.ru/timetable/students/', 1],
  ['asu', 'https://www.asu.ru/news/1', 0],
  ['ruz', 'https://ruz.fa.ru/ruz/main', 1],
  ['ruz', 'https://ruz.fa.ru/help.pdf', 0],
  ['mmis', 'https://edu.donstu.ru/WebApp/#/Rasp', 1],
  ['mmis', 'https://edu.donstu.ru/moodle', 0],
])('a link: %s %s', async (id, address, count) => {
  expect(lookAt(await loadSource(id), { addresses: [address], linked: true }).found).toHaveLength(count);
});

test.each([
  ['mmis', 'https://dec.example.ru/webapp/#/Rasp/List', 'https://dec.example.ru/WebApp/#/Rasp'],
  [
    'mmis',
    'http://Stud.example.ru:8053/portal/WebApp/#/Rasp/Group/23163',
    'http://stud.example.ru:8053/portal/WebApp/#/Rasp',
  ],
  ['mmis', 'https://dec.example.ru/api/Rasp?idGroup=5&sdate=2026-09-14', 'https://dec.example.ru/WebApp/#/Rasp'],
  ['mmis', 'https://dec.example.ru/api/raspGrouplist?year=2026-2027', 'https://dec.example.ru/WebApp/#/Rasp'],
  ['mmis', 'https://dec.example.ru/WebApp/#/Moodle', null],
  ['mmis', 'https://dec.example.ru/api/Rasp', null],
  // One of ours, whatever its page.
  ['mmis', 'https://edu.donstu.ru/WebApp/#/Rasp/List', null],
  ['ruz', 'https://rasp.example.ru/ruz/main', 'https://rasp.example.ru/ruz/main'],
  [
    'ruz',
    'https://rasp.example.ru/api/schedule/group/7?start=2026.09.14&finish=2026.09.20',
    'https://rasp.example.ru/ruz/main',
  ],
  ['ruz', 'https://rasp.example.ru/api/schedule/group/7', null],
  ['ruz', 'https://ruz.hse.ru/ruz/main', null],
  // The root of all names, written out, makes no stranger of a university of ours.
  ['ruz', 'https://ruz.hse.ru./ruz/main', null],
  ['ruz', 'https://rasp.example.ru./ruz/main', 'https://rasp.example.ru/ruz/main'],
  ['mmis', 'https://edu.donstu.ru./WebApp/#/Rasp', null],
  ['mmis', 'https://dec.example.ru./WebApp/#/Rasp', 'https://dec.example.ru/WebApp/#/Rasp'],
  ['ruz', `https://${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.example.ru/ruz/main`, null],
])('a site of an engine that nobody told of: %s %s', async (id, address, site) => {
  const { stranger } = lookAt(await loadSource(id), { addresses: ['mailto:a@b.c', 'nonsense', address], linked: true });
  expect(stranger?.site ?? null).toBe(site);
});

test.each([
  ['mmis', 'https://dec.example.ru/webapp/#/Rasp/Group/23163', { kind: 'group', ask: { id: '23163' } }],
  ['mmis', 'https://dec.example.ru/WebApp/#/Rasp/List', null],
  // The page of this engine says no name by which its number could be found again.
  ['ruz', 'https://rasp.example.ru/api/schedule/group/7?start=2026.09.14', null],
])('whose timetable a page of such a site is: %s %s', async (id, address, entry) => {
  const { stranger } = lookAt(await loadSource(id), { addresses: [address], linked: false });
  expect(stranger).toMatchObject({ entry });
});

const SPAN = { from: '2026-09-01', to: '2026-10-01', zone: 'Europe/Moscow' };
test.each([
  ['mmis', 'https://dec.example.ru/WebApp/#/Rasp', 'https://dec.example.ru/api/Rasp/ListYears'],
  ['ruz', 'https://rasp.example.ru/ruz/main', 'https://rasp.example.ru/api/search?'],
  // One that has become a university of ours is read as it is known.
  ['mmis', 'https://edu.donstu.ru/WebApp/#/Rasp', 'https://edu.donstu.ru/api/Rasp/ListYears'],
  ['ruz', 'https://portal.unn.ru/ruz/main', 'https://portal.unn.ru/ruzapi/search?'],
])('an ask may name a site in place of a university: %s %s', async (id, site, first) => {
  const ask = { site, zone: 'Asia/Omsk', group: 'ПИ-21' };
  const plan = planOf(await loadSource(id), ask, [], SPAN);
  expect(plan === 'done' ? '' : plan[0]?.url).toContain(first);
});

test.each([
  ['no zone', { site: 'https://rasp.example.ru/ruz/main', group: 'ПИ-21' }],
  ['a page of it', { site: 'https://rasp.example.ru/ruz/main?from=1', zone: 'Asia/Omsk', group: 'ПИ-21' }],
  ['no site of the engine', { site: 'https://rasp.example.ru/', zone: 'Asia/Omsk', group: 'ПИ-21' }],
  ['no address', { site: 'file:///ruz/main', zone: 'Asia/Omsk', group: 'ПИ-21' }],
])('%s: nobody is asked', async (_what, ask) => {
  const source = await loadSource('ruz');
  expect(() => planOf(source, ask, [], SPAN)).toThrow(SourceError);
});

test('what an operator is to add is a university once its name and zone are written', async () => {
  const look = { addresses: ['https://edu.sample.ru/WebApp/#/Rasp', 'https://edu.sample.ru/ruz/main'], linked: true };
  for (const [id, readSites] of [
    ['mmis', mmisSites],
    ['ruz', ruzSites],
  ] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'draft-'));
    const { stranger } = lookAt(await loadSource(id), look);
    const draft = { ...stranger?.draft, name: 'Пример', zone: 'Asia/Omsk' };
    writeFileSync(join(folder, 'sample.json'), JSON.stringify(draft));
    expect(readSites(folder)).toMatchObject([{ id: 'sample', base: 'https://edu.sample.ru/api' }]);
    rmSync(folder, { recursive: true });
  }
});
