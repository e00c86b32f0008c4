/** The events of one calendar to its occurrences: rules pass the gate, node-ical reads them, series are expanded. */
import type { Instant } from '#source';
import { instantOf, type ZoneClock } from './clock.ts';
import { type Answer, ask, type Job } from './engine.ts';
import type { CalendarEvent, Refusal } from './event.ts';
import { type Dated, expandSeries, type Window } from './expand.ts';
import { type Limits, tooBig } from './limits.ts';
import { MAX_STEPS, modernStart, readRule, stepsToWalk } from './rule.ts';
import { groupSeries } from './series.ts';
import type { SkipLog } from './skipped.ts';
import type { Wall } from './stamp.ts';
import type { Zones } from './zones.ts';

export type CalendarOccurrence = {
  readonly uid: string;
  readonly allDay: boolean;
  /** Wall time of the event's own zone «as if it were UTC», milliseconds. All-day: midnights, the end exclusive. */
  readonly start: Wall;
  readonly end: Wall;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  /** Join address or page of the event, '' when none. */
  readonly link: string;
  /** `CONFIRMED`, `CANCELLED`, …, '' when not said. */
  readonly status: string;
  readonly categories: readonly string[];
};

/** Work and results over all calendars of a file; each call throws SourceError too-big when its bound is passed. */
export type Meter = {
  generated(starts: number): void;
  walked(steps: number): void;
  emitted(occurrences: number): void;
};

export function makeMeter(limits: Limits): Meter {
  let [starts, steps, occurrences] = [0, 0, 0];
  return {
    generated(more) {
      starts += more;
      if (starts > limits.generated) throw tooBig('occurrences', `rules give more than ${limits.generated} starts`);
    },
    walked(more) {
      steps += more;
      if (steps > limits.generated * 20) throw tooBig('rule', 'the rules count through too many dates');
    },
    emitted(more) {
      occurrences += more;
      if (occurrences > limits.occurrences) throw tooBig('occurrences', `more than ${limits.occurrences} occurrences`);
    },
  };
}

type Rules = { readonly plus: readonly Answer['between'][]; readonly minus: readonly Answer['between'][] };
/** Where the answers for one event stand: its texts and first rule, then one job for each further rule. */
type Place = { readonly first: number; readonly plus: readonly number[]; readonly minus: readonly number[] };

/** Expands the events of one calendar. Events that are refused are told to the log and left out. */
export function occurrencesOf(
  events: readonly CalendarEvent[],
  zones: Zones,
  window: Window,
  meter: Meter,
  log: SkipLog,
): readonly CalendarOccurrence[] {
  const jobs: Job[] = [];
  const passed: CalendarEvent[] = [];
  const places: Place[] = [];
  for (const event of events) {
    const made = jobsOf(event, zones, window, meter);
    if ('reason' in made) {
      log.skip(nameOf(event), made);
      continue;
    }
    const first = jobs.push(...made.jobs) - made.jobs.length;
    const plus = made.plus.map((offset) => first + offset);
    passed.push(event);
    places.push({ first, plus, minus: made.minus.map((offset) => first + offset) });
  }
  const answers = ask(jobs);
  const readable: CalendarEvent[] = [];
  const read: { readonly answer: Answer; readonly rules: Rules }[] = [];
  for (const [index, event] of passed.entries()) {
    const place = places[index] as Place;
    const own = [place.first, ...place.plus, ...place.minus].map((at) => answers[at]);
    const failed = own.find((answer) => typeof answer === 'string');
    if (typeof failed === 'string') {
      log.skip(nameOf(event), { reason: failed, hostile: false, detail: 'unreadable' });
      continue;
    }
    const between = (at: number): Answer['between'] => (answers[at] as Answer).between;
    log.keep();
    readable.push(event);
    read.push({
      answer: answers[place.first] as Answer,
      rules: { plus: place.plus.map(between), minus: place.minus.map(between) },
    });
  }

  const found: CalendarOccurrence[] = [];
  const rulesOf = (index: number): Rules => (read[index] as { rules: Rules }).rules;
  for (const series of groupSeries(readable)) {
    try {
      const dates = expandSeries(series, { zones, window, rulesOf, count: meter.generated });
      meter.emitted(dates.length);
      for (const date of dates)
        found.push(occurrence(date, (read[date.index] as { answer: Answer }).answer, zones.floating));
    } catch (error) {
      // A rule that node-ical gives up on costs its own series only; a bound that is passed ends the reading.
      if (!(error instanceof Error) || error.name === 'SourceError') throw error;
      const [member] = [...series.masters, ...series.changes];
      if (member !== undefined) log.say(`${nameOf(member.event)}: ${error.message.slice(0, 200)}`);
    }
  }
  return found;
}

type Made = { readonly jobs: readonly Job[]; readonly plus: readonly number[]; readonly minus: readonly number[] };

/** What node-ical must read for one event; a change of one date needs no rules of its own. */
function jobsOf(event: CalendarEvent, zones: Zones, window: Window, meter: Meter): Made | Refusal {
  const clock = zones.clockOf(event.start);
  const start = zones.onClock(event.start, clock);
  if (event.replaces !== null) return { jobs: [{ texts: event.texts, start, rule: null }], plus: [], minus: [] };
  const jobs: Job[] = [];
  const [plus, minus]: [number[], number[]] = [[], []];
  for (const [index, text] of [...event.rules, ...event.exceptRules].entries()) {
    const rule = readRule(text, event.start, clock);
    if (typeof rule === 'string') return hostile(rule);
    const steps = stepsToWalk(rule, start, window.to);
    if (steps > MAX_STEPS) return hostile(`COUNT from ${new Date(start).getUTCFullYear()} on`);
    meter.walked(steps);
    const from = modernStart(rule, start);
    if (from === null) return hostile(`a rule from the year ${new Date(start).getUTCFullYear()}`);
    (index < event.rules.length ? plus : minus).push(index);
    jobs.push({ texts: index === 0 ? event.texts : [], start: from, rule: rule.text });
  }
  if (jobs.length === 0) jobs.push({ texts: event.texts, start, rule: null });
  return { jobs, plus, minus };
}

function hostile(reason: string): Refusal {
  return { reason: `rule refused: ${reason}`, hostile: true, detail: 'rule' };
}

/** How an event is called in the log: its UID and day. */
function nameOf(event: CalendarEvent): string {
  return `event ${event.uid.slice(0, 60)} of ${new Date(event.start.wall).toISOString().slice(0, -14)}`;
}

function occurrence(date: Dated, answer: Answer, floating: ZoneClock): CalendarOccurrence {
  const { event, allDay, start, end } = date;
  const { summary, location, description, categories } = answer;
  return {
    uid: event.uid,
    allDay,
    start,
    end,
    startsAt: instantOf(start, allDay ? floating : date.clock),
    endsAt: instantOf(end, allDay ? floating : date.endClock),
    summary,
    location,
    description,
    link: event.conference === '' ? answer.url : event.conference,
    status: event.status,
    categories,
  };
}
