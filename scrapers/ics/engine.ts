/** The only door to node-ical: it expands uncommon rules and knows names of zones, and is handed nothing that it is known to read wrong. */
import ical, { type VEvent } from 'node-ical';
import type { Between } from './common.ts';
import { compact, type Wall } from './stamp.ts';

/** One rule as node-ical gets it. */
export type Job = { readonly start: Wall; readonly rule: string };

/** Rules handed over at once. */
const BATCH = 500;
const MAX_ZONE_NAME = 200;

/**
 * Reads the rules in batches, each under a name of its own, in order. A batch that throws is read again one by one, so that
 * one bad rule costs only itself: its answer is the error's message.
 */
export function ask(jobs: readonly Job[]): readonly (Between | string)[] {
  const answers: (Between | string)[] = [];
  for (let from = 0; from < jobs.length; from += BATCH) {
    const batch = jobs.slice(from, from + BATCH);
    try {
      answers.push(...askAtOnce(batch));
    } catch (error) {
      if (batch.length === 1) answers.push(words(error));
      else for (const job of batch) answers.push(...askOne(job));
    }
  }
  return answers;
}

function askOne(job: Job): readonly (Between | string)[] {
  try {
    return askAtOnce([job]);
  } catch (error) {
    return [words(error)];
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
}

function askAtOnce(jobs: readonly Job[]): readonly (Between | string)[] {
  const lines = ['BEGIN:VCALENDAR'];
  for (const [index, { start, rule }] of jobs.entries())
    lines.push('BEGIN:VEVENT', `UID:e${index}`, `DTSTART:${compact(start)}`, `RRULE:${rule}`, 'END:VEVENT');
  lines.push('END:VCALENDAR');
  const calendar = ical.sync.parseICS(lines.join('\n'));
  return jobs.map((_, index) => {
    const event = calendar[`e${index}`];
    return event?.type === 'VEVENT' ? between(event as VEvent) : 'node-ical lost it';
  });
}

function between({ rrule }: VEvent): Between {
  return (from, to) => {
    if (rrule === undefined || to <= from) return [];
    return rrule.between(new Date(from), new Date(to - 1), true).map((date) => date.getTime());
  };
}

/**
 * The IANA zone that node-ical knows under a name: Windows names and their display forms, in quotes or not. null when none.
 * Asked by reading one moment in that zone; the table itself is not exported.
 */
export function zoneByName(name: string): string | null {
  if (name.length > MAX_ZONE_NAME) return null;
  // For these node-ical answers with the host's own zone; only the calendar's definition can say more.
  if (/^(?:tzone:\/\/|customized time zone)/i.test(name) || /[";:\n]/.test(name.replace(/\(.*?\)/, ''))) return null;
  try {
    const calendar = ical.sync.parseICS(
      `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:zone\nDTSTART;TZID="${name}":20260901T090000\nEND:VEVENT\nEND:VCALENDAR`,
    );
    const event = calendar.zone;
    const zone = event?.type === 'VEVENT' ? (event as VEvent).start.tz : undefined;
    return zone === undefined || zone === '' ? null : zone;
  } catch (error) {
    // A name it stumbles over is a name it does not know.
    if (error instanceof Error) return null;
    throw error;
  }
}
