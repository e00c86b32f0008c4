/** What the bot says to who brings the site of a university that it does not know, of an engine that it does, in English. */
import type { Zone } from '../../domain/calendar.ts';
import { groupButtons, groupNames, zoneButtons } from '../brought.ts';
import { short } from '../format.ts';
import type { Message } from '../message.ts';
import type { TroubleFacts } from '../ru/trouble.ts';
import { CREATE, strangerSite } from './brought.ts';
import { trouble } from './trouble.ts';

const HOST = 60;

/** The address does not say whose timetable is wanted. */
export function guestGroup(engine: string, host: string): Message {
  return {
    text: `${short(host, HOST)} looks like “${short(engine, 40)}”, I shall try to read it. Which group? Write it as the site does.`,
  };
}

/** The site does not say by whose clocks its times are; `likely` are those of the bot. */
export function guestZone(engine: string, host: string, likely: Zone): Message {
  return {
    text: `I shall try to read ${short(host, HOST)} as “${short(engine, 40)}”. By which city’s time are the lessons? The site does not say: press a button or write the city.`,
    buttons: zoneButtons(likely, 'en'),
  };
}

export function guestZoneUnknown(said: string): Message {
  return { text: `I do not know the city “${short(said, 40)}”. Write a large one nearby, like “Omsk”, or “utc+6”.` };
}

/** The site has no such group; `groups` are those that it has instead. */
export function guestUnknown(groups: readonly string[], said: string, host: string): Message {
  const what = said === '' ? 'what the address leads to' : `a group “${short(said, 40)}”`;
  const near = groups.length === 0 ? '' : ` It has similar ones: ${groupNames(groups)}.`;
  return {
    text: `I did not find ${what} on ${short(host, HOST)}.${near}\n\nWrite the group’s name as the site does.`,
    buttons: groups.length === 0 ? [[CREATE]] : groupButtons(groups),
  };
}

/** It was tried, and not read: the site answers otherwise than its engine does, or does not answer. */
export function guestFailed(problem: TroubleFacts, engine: string, host: string): Message {
  if (problem.kind === 'empty')
    return {
      text: `I read ${short(host, HOST)}, but there are no lessons ahead. Send the address again once the timetable is there.`,
      buttons: [[CREATE]],
    };
  if (OTHERWISE.has(problem.kind)) {
    const { text, ...rest } = strangerSite(engine, host);
    return { text: `I tried to read it, but the site answers otherwise than I know.\n\n${text}`, ...rest };
  }
  return { text: trouble(problem), buttons: problem.kind === 'too-many' ? [] : [[CREATE]] };
}

const OTHERWISE: ReadonlySet<string> = new Set(['changed', 'blocked', 'too-big']);

/** Somebody says by whose clocks a site tells times, and none was brought. */
export function noGuest(): Message {
  return { text: 'Send the address of the page with the timetable again: I have forgotten which site it was.' };
}

/** To who presses a button of a question that somebody else in the chat was asked. */
export function askedAnother(): string {
  return 'Whoever sent the link or the file answers that.';
}
