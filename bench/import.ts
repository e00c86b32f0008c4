/** What one group's calendar costs: the warm child (parse, normalise, hand over) beside plain node-ical on the same bytes. */
import { performance } from 'node:perf_hooks';
import ical from 'node-ical';
import { createReader } from '../src/source/host.ts';
import type { Bench } from './run.ts';

const DAY = 86_400_000;

const bench: Bench = async (size) => {
  const text = feed();
  const body = new TextEncoder().encode(text);
  const span = { from: '2026-08-25', to: '2027-02-10', zone: 'Europe/Moscow' };
  const url = 'https://example.test/group.ics';
  const page = { request: { url }, url, status: 200, headers: { 'content-type': 'text/calendar' }, body };
  const reader = createReader({ profile: 'pasted' });
  const ours: number[] = [];
  const theirs: number[] = [];
  let lessons = 0;
  let ticks = 0;
  const heartbeat = setInterval(() => {
    ticks += 1;
  }, 5);
  for (let n = 0; n < (size === 'smoke' ? 5 : 30); n += 1) {
    let from = performance.now();
    lessons = (await reader.parse('ics', { url }, [page], span)).lessons.length;
    ours.push(performance.now() - from);
    from = performance.now();
    ical.sync.parseICS(text);
    theirs.push(performance.now() - from);
  }
  clearInterval(heartbeat);
  await reader.close();
  return {
    bytes: body.length,
    lessons,
    coldMs: Math.round(ours[0] ?? 0),
    warmMs: median(ours.slice(1)),
    nodeIcalParseMs: median(theirs),
    heartbeats: ticks,
  };
};

/** 12 lessons a week for 18 weeks, one VEVENT each, as universities export them. */
function feed(): string {
  const events = Array.from({ length: 216 }, (_, n) => {
    const day = new Date(Date.UTC(2026, 8, 1) + Math.floor(n / 12) * 7 * DAY + (Math.floor(n / 2) % 6) * DAY);
    const date = day.toISOString().slice(0, 10).replaceAll('-', '');
    const hour = n % 2 === 0 ? '0830' : '1015';
    const end = n % 2 === 0 ? '1005' : '1150';
    return [
      'BEGIN:VEVENT',
      `UID:lesson-${n}@example.test`,
      'DTSTAMP:20260825T000000Z',
      `DTSTART;TZID=Europe/Moscow:${date}T${hour}00`,
      `DTEND;TZID=Europe/Moscow:${date}T${end}00`,
      `SUMMARY:Предмет номер ${n % 12} (лек.)`,
      `LOCATION:Главный корпус\\, аудитория ${400 + (n % 12)}`,
      `DESCRIPTION:Преподаватель: Иванов Иван Иванович\\nГруппа ИВТ-${n % 12}`,
      'END:VEVENT',
    ];
  }).flat();
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bench//RU',
    'X-WR-TIMEZONE:Europe/Moscow',
    ...events,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function median(values: number[]): number {
  return Number(values.sort((a, b) => a - b)[values.length >> 1]?.toFixed(1));
}

export default bench;
