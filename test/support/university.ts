/** Two universities with the «РУЗ» engine on loopback, read by the real source: lists, timetables by number, trouble on demand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { scrapersWith } from './scrapers.ts';

type Named = { readonly id: number; readonly name: string };
/** `2026-09-14` at 10:10 unless it says otherwise. */
type Taught = {
  readonly day: string;
  readonly subject: string;
  readonly start?: string;
  readonly room?: string;
  readonly lecturer?: string;
  readonly work?: string;
};

export type Campus = {
  groups: Named[];
  teachers: Named[];
  rooms: Named[];
  /** By `group/7`, `lecturer/5`, `auditorium/9`; what is not there is answered with 404. */
  lessons: Record<string, Taught[]>;
};

export type Universities = {
  readonly host: string;
  /** A folder of sources: the «РУЗ» engine with these two alone. */
  readonly scrapers: string;
  readonly fa: Campus;
  readonly hse: Campus;
  /** Answers everything with this status while set. */
  broken: number | null;
  /** Milliseconds before a timetable is answered. */
  delay: number;
  /** Happens while a timetable is asked for, before it is answered. */
  meanwhile: (() => Promise<unknown>) | null;
  /** Paths that were asked, without what follows «?». */
  readonly asked: string[];
  close(): Promise<void>;
};

/** `beside`: other sources that lie in the same folder. */
export async function openUniversities(beside: readonly string[] = []): Promise<Universities> {
  const campus = (): Campus => ({ groups: [], teachers: [], rooms: [], lessons: {} });
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '', 'http://x').pathname).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  async function answer(path: string): Promise<{ status: number; body: unknown }> {
    here.asked.push(path);
    if (here.broken !== null) return { status: here.broken, body: {} };
    const [, id, what, list = '', number = ''] = path.split('/');
    const { groups, teachers, rooms, lessons } = id === 'hse' ? here.hse : here.fa;
    if (what === 'dictionary' && list === 'groups')
      return ok(groups.map((one) => ({ groupOid: one.id, name: one.name, number: one.name, faculty: 'ФИТ' })));
    if (what === 'dictionary' && list === 'lecturers')
      return ok(teachers.map((one) => ({ lecturerOid: one.id, fio: one.name, chair: 'Кафедра' })));
    if (what === 'dictionary')
      return ok(rooms.map((one) => ({ auditoriumOid: one.id, name: one.name, building: 'А' })));
    if (here.delay > 0) await sleep(here.delay);
    await here.meanwhile?.();
    const taught = lessons[`${list}/${number}`];
    return taught === undefined ? { status: 404, body: {} } : ok(taught.map(row));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { folder, remove } = scrapersWith([
    {
      from: 'ruz',
      as: 'ruz',
      without: /^universities\/(?!(?:fa|hse)\.json)/,
      change: (text, file) => {
        const id = /universities\/(\w+)\.json$/.exec(file)?.[1];
        return id === undefined
          ? text
          : JSON.stringify({ ...JSON.parse(text), base: `http://${host}/${id}`, label: 'name' });
      },
    },
    ...beside.map((id) => ({ from: id, as: id, change: (text: string) => text })),
  ]);
  const here: Universities = {
    host,
    scrapers: folder,
    fa: campus(),
    hse: campus(),
    broken: null,
    delay: 0,
    meanwhile: null,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        remove();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return here;
}

function ok(body: unknown): { status: number; body: unknown } {
  return { status: 200, body };
}

function row(taught: Taught, at: number) {
  const { day, subject, start = '10:10', room = '404Л', lecturer = 'Иванов И. И.', work = 'Лекции' } = taught;
  const end = `${String(Number(start.slice(0, 2)) + 1).padStart(2, '0')}:${start.slice(3)}`;
  return {
    ...{ date: day.replaceAll('-', '.'), beginLesson: start, endLesson: end, discipline: subject },
    ...{ auditorium: room, lecturer, kindOfWork: work, lessonOid: at + 1 },
  };
}
