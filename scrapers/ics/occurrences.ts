/** The events of one calendar to its occurrences: rules pass the gate and are given to who expands them, series are laid out. */
import type { Instant } from '#source';
import { instantOf, type ZoneClock } from './clock.ts';
import { type Between, commonBetween } from './common.ts';
import { ask, type Job } from './engine.ts';
import type { CalendarEvent, Refusal } from './event.ts';
import { type Dated, expandSeries, type Rules, type Window } from './expand.ts';
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
  /** A date of a series that the calendar itself gives otherwise than the series (RECURRENCE-ID). */
  readonly changed: boolean;
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

/** A rule of one event: expanded by us, or the number of the job at which node-ical answers for it. */
type Ruled = { readonly except: boolean; readonly by: Between | number };

/** Expands the events of one calendar. Events that are refused are told to the log and left out. */
export function occurrencesOf(
  events: readonly CalendarEvent[],
  zones: Zones,
  window: Window,
  meter: Meter,
  log: SkipLog,
): readonly CalendarOccurrence[] {
  const jobs: Job[] = [];
  const passed: { readonly event: CalendarEvent; readonly rules: readonly Ruled[] }[] = [];
  for (const event of events) {
    const rules = rulesOf(event, jobs, { zones, window, meter });
    if ('reason' in rules) log.skip(nameOf(event), rules);
    else passed.push({ event, rules });
  }
  const answers = ask(jobs);
  const readable: CalendarEvent[] = [];
  const read: Rules[] = [];
  for (const { event, rules } of passed) {
    const own = rules.map(({ except, by }) => ({ except, between: typeof by === 'number' ? answers[by] : by }));
    const failed = own.find(({ between }) => typeof between !== 'function');
    if (failed !== undefined) {
      log.skip(nameOf(event), { reason: String(failed.between), hostile: false, detail: 'unreadable' });
      continue;
    }
    log.keep();
    readable.push(event);
    read.push(own.length === 0 ? NO_RULES : split(own));
  }

  const found: CalendarOccurrence[] = [];
  const expander = { zones, window, rulesOf: (index: number) => read[index] ?? NO_RULES, count: meter.generated };
  for (const series of groupSeries(readable)) {
    try {
      const dates = expandSeries(series, expander);
      meter.emitted(dates.length);
      for (const date of dates) found.push(occurrence(date, zones.floating));
    } catch (error) {
      // A rule that node-ical gives up on costs its own series only; a bound that is passed ends the reading.
      if (!(error instanceof Error) || error.name === 'SourceError') throw error;
      const [member] = [...series.masters, ...series.changes];
      if (member !== undefined) log.say(`${nameOf(member.event)}: ${error.message.slice(0, 200)}`);
    }
  }
  return found;
}

const NO_RULES: Rules = { plus: [], minus: [] };

function split(own: readonly { readonly except: boolean; readonly between: Between | string | undefined }[]): Rules {
  const [plus, minus]: [Between[], Between[]] = [[], []];
  for (const { except, between } of own) if (typeof between === 'function') (except ? minus : plus).push(between);
  return { plus, minus };
}

/** The rules of one event past the gate, those for node-ical added to the jobs; a change of one date needs no rules of its own. */
function rulesOf(
  event: CalendarEvent,
  jobs: Job[],
  { zones, window, meter }: { readonly zones: Zones; readonly window: Window; readonly meter: Meter },
): readonly Ruled[] | Refusal {
  if (event.replaces !== null || event.rules.length + event.exceptRules.length === 0) return [];
  const clock = zones.clockOf(event.start);
  const start = zones.onClock(event.start, clock);
  const ruled: Ruled[] = [];
  for (const [index, text] of [...event.rules, ...event.exceptRules].entries()) {
    const rule = readRule(text, event.start, clock);
    if (typeof rule === 'string') return hostile(rule);
    const steps = stepsToWalk(rule, start, window.to);
    if (steps > MAX_STEPS) return hostile(`COUNT from ${new Date(start).getUTCFullYear()} on`);
    meter.walked(steps);
    const from = modernStart(rule, start);
    if (from === null) return hostile(`a rule from the year ${new Date(start).getUTCFullYear()}`);
    const by =
      rule.common === null ? jobs.push({ start: from, rule: rule.text }) - 1 : commonBetween(rule.common, from);
    ruled.push({ except: index >= event.rules.length, by });
  }
  return ruled;
}

function hostile(reason: string): Refusal {
  return { reason: `rule refused: ${reason}`, hostile: true, detail: 'rule' };
}

/** How an event is called in the log: its UID and day. */
function nameOf(event: CalendarEvent): string {
  return `event ${event.uid.slice(0, 60)} of ${new Date(event.start.wall).toISOString().slice(0, -14)}`;
}

function occurrence(
  { event, allDay, start, end, clock, endClock, changed }: Dated,
  floating: ZoneClock,
): CalendarOccurrence {
  return {
    uid: event.uid,
    allDay,
    start,
    end,
    startsAt: instantOf(start, allDay ? floating : clock),
    endsAt: instantOf(end, allDay ? floating : endClock),
    summary: event.summary,
    location: event.location,
    description: event.description,
    link: event.conference === '' ? event.url : event.conference,
    status: event.status,
    categories: event.categories,
    changed,
  };
}
