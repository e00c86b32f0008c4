/** Events that belong together: a series with its changed dates, versions of one event told from events that share a UID. */
import type { CalendarEvent } from './event.ts';

/** An event with its place in the file. */
export type Member = { readonly event: CalendarEvent; readonly index: number };

export type Series = {
  /** Without RECURRENCE-ID; several when an exporter gives one UID to different events. */
  readonly masters: readonly Member[];
  /** With RECURRENCE-ID, the newest of each. */
  readonly changes: readonly Member[];
};

/**
 * Groups the events of one calendar by UID, in the order they first appear; an event without a UID stands alone.
 * Of one UID (and RECURRENCE-ID) the highest SEQUENCE counts (RFC 5545 section 3.8.7.4). Of equal ones all that differ
 * stay: timetable exports give one UID to many lessons, and losing a lesson is worse than showing one twice.
 */
export function groupSeries(events: readonly CalendarEvent[]): readonly Series[] {
  const groups = new Map<string, Member[]>();
  const alone: Series[] = [];
  for (const [index, event] of events.entries()) {
    if (event.uid === '') {
      alone.push(sortOut([{ event, index }]));
      continue;
    }
    const group = groups.get(event.uid);
    if (group === undefined) groups.set(event.uid, [{ event, index }]);
    else group.push({ event, index });
  }
  return [...[...groups.values()].map(sortOut), ...alone];
}

function sortOut(members: readonly Member[]): Series {
  if (members.length === 1) {
    const [member] = members;
    const changed = member?.event.replaces !== null;
    return { masters: changed ? [] : members, changes: changed ? members : [] };
  }
  const masters = members.filter((member) => member.event.replaces === null);
  const newest = masters.reduce((most, member) => Math.max(most, member.event.sequence), -1);
  const kept = new Map<string, Member>();
  for (const member of masters) if (member.event.sequence === newest) kept.set(essence(member.event), member);

  const changes = new Map<string, Member>();
  for (const member of members) {
    const { replaces, sequence } = member.event;
    if (replaces === null) continue;
    const key = `${replaces.form} ${replaces.wall} ${replaces.tzid}`;
    const other = changes.get(key);
    if (other === undefined || other.event.sequence <= sequence) changes.set(key, member);
  }
  return { masters: [...kept.values()], changes: [...changes.values()] };
}

/** What makes two events with one UID the same to a person. */
function essence(event: CalendarEvent): string {
  const { start, end, duration, rules, dates, status, summary, location, description, url, categories } = event;
  const texts = [summary, location, description, url, categories];
  return JSON.stringify([start, end, duration, rules, dates, texts, status]);
}
