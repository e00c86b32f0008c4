/** A calendar on loopback whose events a test can change: what a university's server is to the bot. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Event = {
  /** `20260914T100000`, wall time of the calendar's zone. */
  start: string;
  end: string;
  subject: string;
  room?: string;
  rule?: string;
  uid?: string;
};

export type CalendarServer = {
  readonly url: string;
  readonly host: string;
  events: Event[];
  /** Answers this instead of a calendar while set. */
  broken: { status: number; type: string; body: string } | null;
  name: string;
  /** Of all its lessons; Moscow at first. */
  zone: string;
  close(): Promise<void>;
};

export async function calendarServer(events: Event[], name = 'Моя группа'): Promise<CalendarServer> {
  const server = createServer((_request, response) => {
    const { broken } = calendar;
    response.writeHead(broken?.status ?? 200, { 'content-type': broken?.type ?? 'text/calendar; charset=utf-8' });
    response.end(broken?.body ?? ics(calendar));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calendar: CalendarServer = {
    url: `http://${host}/group.ics`,
    host,
    events,
    broken: null,
    name,
    zone: 'Europe/Moscow',
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return calendar;
}

function ics({ name, events, zone }: Pick<CalendarServer, 'name' | 'events' | 'zone'>): string {
  const blocks = events.flatMap((event, index) => [
    'BEGIN:VEVENT',
    `UID:${event.uid ?? `lesson-${index}@example.org`}`,
    'DTSTAMP:20260901T000000Z',
    `DTSTART;TZID=${zone}:${event.start}`,
    `DTEND;TZID=${zone}:${event.end}`,
    `SUMMARY:${event.subject}`,
    ...(event.room === undefined ? [] : [`LOCATION:${event.room}`]),
    ...(event.rule === undefined ? [] : [`RRULE:${event.rule}`]),
    'END:VEVENT',
  ]);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//RU',
    `X-WR-CALNAME:${name}`,
    ...blocks,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
