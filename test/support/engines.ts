/** A site on loopback that no JSON tells of and that answers as «Деканат» (ММИС) and as «РУЗ» do: lists, weeks, a search; or otherwise. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Taught = { readonly day: string; readonly start: string; readonly subject: string };

export type EngineSite = {
  readonly host: string;
  /** By names; ids are their places, from 1. */
  groups: { readonly name: string; lessons: readonly Taught[] }[];
  /** Everything is answered with this page while set. */
  page: string | null;
  /** What was asked, path and query. */
  readonly asked: string[];
  close(): Promise<void>;
};

export async function openEngineSite(): Promise<EngineSite> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    here.asked.push(`${url.pathname}${decodeURIComponent(url.search)}`);
    const body = here.page === null ? answer(url) : null;
    response.writeHead(200, { 'content-type': body === null ? 'text/html; charset=utf-8' : 'application/json' });
    response.end(body === null ? (here.page ?? '<!doctype html><div id="app"></div>') : JSON.stringify(body));
  });
  function answer({ pathname, searchParams }: URL): unknown {
    const asked = (name: string) => searchParams.get(name) ?? '';
    const [, , what = '', , id = ''] = pathname.split('/');
    if (pathname === '/api/Rasp/ListYears') return data({ years: ['2025-2026', '2026-2027'] });
    if (what === 'raspGrouplist') return data(here.groups.map(({ name }, at) => ({ id: at + 1, name })));
    if (pathname === '/api/Rasp') return data(weekOf(Number(asked('idGroup')), asked('sdate')));
    if (what === 'search' && asked('type') === 'group')
      return here.groups.flatMap(({ name }, at) =>
        name.toLowerCase().startsWith(asked('term').toLowerCase().slice(0, 2))
          ? [{ id: String(at + 1), label: name, description: 'Факультет', type: 'group' }]
          : [],
      );
    if (what === 'schedule') return (here.groups[Number(id) - 1]?.lessons ?? []).map(rowOf);
    return null;
  }
  function weekOf(id: number, monday: string): unknown {
    const group = here.groups[id - 1];
    const last = new Date(Date.parse(monday) + 6 * 86_400_000).toISOString().slice(0, 10);
    const rasp = (group?.lessons ?? [])
      .filter(({ day }) => day >= monday && day <= last)
      .map(({ day, start, subject }, at) => ({
        ...{ код: at + 1, дата: `${day}T00:00:00`, начало: start, конец: endOf(start), номерЗанятия: 1 },
        ...{
          дисциплина: `лек ${subject}`,
          преподаватель: 'Котов М.В.',
          почта: 'kotov@uni.example',
          аудитория: '1-404',
        },
      }));
    return { isCyclicalSchedule: false, info: { group: { name: group?.name ?? '' } }, rasp };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here: EngineSite = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    groups: [],
    page: null,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return here;
}

function data(value: unknown): unknown {
  return { data: value, state: 1, msg: '' };
}

function endOf(start: string): string {
  return `${String(Number(start.slice(0, 2)) + 1).padStart(2, '0')}${start.slice(2)}`;
}

function rowOf({ day, start, subject }: Taught, at: number): unknown {
  return {
    ...{ date: day.replaceAll('-', '.'), beginLesson: start, endLesson: endOf(start), discipline: subject },
    ...{ auditorium: '404Л', lecturer: 'Котов М.В.', lecturerEmail: 'kotov@uni.example', author: 'UNI\\KOTOV' },
    ...{ kindOfWork: 'Лекции', lessonOid: at + 1 },
  };
}
