/** What the bot says about what it sends and when, in English. The words buttons say are the bot's own. */
import type { Clock } from '../../domain/calendar.ts';
import type { Peer } from '../../domain/peer.ts';
import type { TimetableRef } from '../../domain/view.ts';
import { plural } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { keys, named } from './talk.ts';

const REMIND: Button = { label: 'Remind 5 minutes before', say: 'напоминать за 5 минут' };

export function leadsSet(leads: readonly number[], chat: boolean): Message {
  if (leads.length === 0) return { text: 'All right, no more reminders before lessons.', ...keys(chat, [[REMIND]]) };
  return {
    text: `I shall remind you ${leadsText(leads)} before each lesson.`,
    ...keys(chat, [[{ label: 'No reminders', say: 'не напоминать' }]]),
  };
}

function leadsText(leads: readonly number[]): string {
  return leads.map(minutesText).join(' and ');
}

function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours === 0 ? '' : `${hours} ${plural(hours, ['hour', 'hours', 'hours'], 'en')}`,
    rest === 0 ? '' : `${rest} ${plural(rest, ['minute', 'minutes', 'minutes'], 'en')}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

export function leadsAsk(): Message {
  const buttons = [5, 15, 60].map((minutes) => ({
    label: minutesText(minutes),
    say: `напоминать за ${minutes} минут`,
  }));
  return {
    text: 'How long before a lesson? Several values are allowed: “remind 15 and 1 minutes”.',
    buttons: [buttons],
  };
}

export function leadsBad(): Message {
  return {
    text: 'I remind only before lessons: from 1 minute to 24 hours before, at most four times. E.g. “remind 15 and 1 minutes”.',
  };
}

const EVENING_ON: Button = { label: 'In the evening at 19:00', say: 'вечером в 19:00' };
const EVENING_OFF: Button = { label: 'Nothing in the evening', say: 'вечером не присылать' };
const CHANGES_ON: Button = { label: 'Send changes', say: 'присылать изменения' };
const CHANGES_OFF: Button = { label: 'Do not send changes', say: 'не присылать изменения' };

export function eveningSet(at: Clock | null, chat: boolean): Message {
  if (at === null) return { text: 'All right, nothing in the evening.', ...keys(chat, [[EVENING_ON]]) };
  return { text: `I shall send tomorrow's lessons at ${at}.`, ...keys(chat, [[EVENING_OFF]]) };
}

export function eveningAsk(at: Clock | null): Message {
  const now = at === null ? 'Nothing is sent in the evening now.' : `Tomorrow's lessons are sent at ${at} now.`;
  return { text: `${now} Another time: “evening 20:30”.`, buttons: [[at === null ? EVENING_ON : EVENING_OFF]] };
}

export function changesSet(on: boolean, chat: boolean): Message {
  if (!on) return { text: 'All right, nothing about changes.', ...keys(chat, [[CHANGES_ON]]) };
  return { text: 'I shall tell you of changes as soon as I see them.', ...keys(chat, [[CHANGES_OFF]]) };
}

/** What is on; buttons change it. */
export function settings(peer: Peer, ref: TimetableRef | null): Message {
  const lines = [
    `Group: ${ref === null ? 'not chosen' : named(ref)}`,
    `Before lessons: ${peer.leads.length === 0 ? 'no reminders' : leadsText(peer.leads)}`,
    `Evening: ${peer.evening === null ? 'nothing' : `tomorrow's lessons at ${peer.evening}`}`,
    `Changes: ${peer.changes ? 'at once' : 'not sent'}`,
    '',
    'To hear nothing: “stop”. To erase all: “delete my data”.',
  ];
  const leads: Button = peer.leads.length === 0 ? REMIND : { label: 'No reminders', say: 'не напоминать' };
  const rows = [[leads], [peer.evening === null ? EVENING_ON : EVENING_OFF], [peer.changes ? CHANGES_OFF : CHANGES_ON]];
  return {
    text: lines.join('\n'),
    buttons: [...rows, [{ label: 'Change the group', say: 'сменить группу' }]],
  };
}
