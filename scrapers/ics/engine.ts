/** The only door to node-ical: it reads texts and expands rules, and is handed nothing that it is known to read wrong. */
import ical, { type VEvent } from 'node-ical';
import { compact, type Wall } from './stamp.ts';

/** One rule or one event as node-ical gets it. */
export type Job = {
  /** Text lines `SUMMARY:…` without parameters, at most one of each name but CATEGORIES. */
  readonly texts: readonly string[];
  readonly start: Wall;
  readonly rule: string | null;
};

export type Answer = {
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly url: string;
  readonly categories: readonly string[];
  /** Starts of the rule within [from, to), wall time. */
  between(from: Wall, to: Wall): readonly Wall[];
};

/** Events handed over at once. */
const BATCH = 500;
const MAX_ZONE_NAME = 200;
/** Stands for an escaped backslash, since node-ical reads `\\n` as a line break after a backslash. */
const BACKSLASH = '\uE000';

/**
 * Reads the jobs in batches, each under a name of its own, in order. A batch that throws is read again one by one, so that
 * one bad event costs only itself: its answer is the error's message.
 */
export function ask(jobs: readonly Job[]): readonly (Answer | string)[] {
  const answers: (Answer | string)[] = [];
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

function askOne(job: Job): readonly (Answer | string)[] {
  try {
    return askAtOnce([job]);
  } catch (error) {
    return [words(error)];
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
}

function askAtOnce(jobs: readonly Job[]): readonly (Answer | string)[] {
  const lines = ['BEGIN:VCALENDAR'];
  for (const [index, job] of jobs.entries()) {
    lines.push('BEGIN:VEVENT', `UID:e${index}`, `DTSTART:${compact(job.start)}`);
    if (job.rule !== null) lines.push(`RRULE:${job.rule}`);
    for (const text of job.texts) lines.push(text.replaceAll('\\\\', BACKSLASH));
    lines.push('END:VEVENT');
  }
  lines.push('END:VCALENDAR');
  const calendar = ical.sync.parseICS(lines.join('\n'));
  return jobs.map((_, index) => {
    const event = calendar[`e${index}`];
    return event?.type === 'VEVENT' ? answer(event as VEvent) : 'node-ical lost it';
  });
}

function answer(event: VEvent): Answer {
  const rule = event.rrule;
  return {
    summary: plain(event.summary),
    location: plain(event.location),
    description: plain(event.description),
    url: plain(event.url),
    categories: (event.categories ?? []).map(plain).filter((word) => word !== ''),
    between(from, to) {
      if (rule === undefined || to <= from) return [];
      return rule.between(new Date(from), new Date(to - 1), true).map((date) => date.getTime());
    },
  };
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(BACKSLASH, '\\').trim() : '';
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
