/** Small calendars for the tests, and what is read from them in short. */
import type { Span } from '#source';
import { readCalendar } from './parse.ts';

export const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

/** Wraps blocks into a calendar; a block is the lines of one event. */
export function calendar(...blocks: readonly (readonly string[])[]): string {
  const events = blocks.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

/** `start/end summary` of each occurrence, as UTC moments or dates. */
export function read(text: string, zone = 'Europe/Moscow'): readonly string[] {
  return readCalendar(Buffer.from(text), { ...SPAN, zone }).occurrences.map((occurrence) => {
    const { allDay, start, end, startsAt, endsAt, summary } = occurrence;
    const form = (at: number): string => new Date(at).toISOString().slice(0, allDay ? 10 : 16);
    return `${form(allDay ? start : startsAt)}/${form(allDay ? end : endsAt)} ${summary}`.trim();
  });
}
