/** What the bot says in conversation, in English. The words buttons say are the bot's own, so they stay as people of the university type them. */
import type { Clock } from '../../domain/calendar.ts';
import type { Peer } from '../../domain/peer.ts';
import type { TimetableRef } from '../../domain/view.ts';
import { clean, cut, plural, short, fit as within } from '../format.ts';
import type { Button, Message } from '../message.ts';
import type { TroubleFacts } from '../ru/trouble.ts';
import { suggestedAddresses, trouble } from './trouble.ts';

const STORED = 'I keep the id of this dialogue, the group and the settings. To erase all: “delete my data”.';
const HELP: Button = { label: 'Help', say: 'помощь' };
const CREATE: Button = { label: 'Make a timetable', say: 'создать расписание' };
const REMIND: Button = { label: 'Remind 5 minutes before', say: 'напоминать за 5 минут' };
const SETTINGS: Button = { label: 'Settings', say: 'настройки' };
const KEYBOARD: readonly (readonly Button[])[] = [
  [
    { label: 'Today', say: 'сегодня', color: 'primary' },
    { label: 'Tomorrow', say: 'завтра', color: 'primary' },
  ],
  [{ label: 'Week', say: 'неделя' }, SETTINGS],
];

/** VK takes one keyboard a message: a DM gets the one under the input field, a chat the buttons under the message. */
export function keys(chat: boolean, buttons: readonly (readonly Button[])[]): Pick<Message, 'keyboard' | 'buttons'> {
  return chat ? { buttons } : { keyboard: KEYBOARD };
}

/** Puts words before a message that is already made; its buttons stay and `more` follow them. */
function before(head: string, message: Message, more: readonly (readonly Button[])[] = []): Message {
  return { ...message, text: within(`${head}\n\n${message.text}`), buttons: [...(message.buttons ?? []), ...more] };
}

function named({ name, university }: TimetableRef): string {
  return university === '' ? `“${clean(name)}”` : `“${clean(name)}”, ${clean(university)}`;
}

function label({ name, university }: TimetableRef): string {
  return short(university === '' ? name : `${name} · ${university}`, 40);
}

/** What is kept and how to erase it, in one line. */
export function stored(): string {
  return STORED;
}

export function start(): Message {
  return {
    text: `Hello! I am “Звонок”: I know the timetable, remind you of lessons and tell you when something changes.\n\nWrite your group, e.g. PI-21, or send a calendar address (.ics).\n\n${STORED}`,
    buttons: [[CREATE, HELP]],
  };
}

/** The one question to a chat the bot was added to; `offers` are timetables of the person who added it. */
export function greeting(offers: readonly TimetableRef[]): Message {
  return {
    text: `Hello! I am “Звонок”: in the evening I send tomorrow's lessons, and I tell you at once when something changes.\n\nWhich group is this? ${offers.length > 0 ? 'Press a button, reply' : 'Reply'} to this message or write “/PI-21”.\n\n${STORED}`,
    buttons: [
      ...offers.slice(0, 3).map((ref) => [{ label: label(ref), say: `выбрать ${ref.id}`, color: 'primary' } as const]),
      [CREATE, HELP],
    ],
  };
}

export function askGroup(chat: boolean): Message {
  const how = chat
    ? 'Reply to this message or write “/PI-21”.'
    : 'Write it, e.g. PI-21, or send a calendar address (.ics).';
  return { text: `Which group? ${how}`, buttons: [[CREATE, HELP]] };
}

/** The chosen timetable with its nearest day; what is stored is said unless `told`. */
export function chosen(ref: TimetableRef, day: Message, peer: Peer, told: boolean): Message {
  const sent = [
    peer.evening === null ? '' : `send tomorrow's lessons at ${peer.evening}`,
    peer.changes ? 'tell you of changes at once' : '',
  ].filter((part) => part !== '');
  const promise = sent.length === 0 ? '' : ` From now on I ${sent.join(' and ')}.`;
  const stored = told ? '' : `\n${STORED}`;
  const head = `Done: ${named(ref)}.${promise}${stored}`;
  if (peer.kind === 'chat') return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
  const remind = peer.leads.length > 0 ? '' : '\n\nReminders? Write “remind 5 minutes”.';
  return { text: within(`${head}\n\n${day.text}${remind}`), keyboard: KEYBOARD };
}

/** Several timetables of one name; `say` makes what a button says of an id. */
export function several(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  return { text: 'There are several such groups. Which one is yours?', buttons: column(refs, say) };
}

/** Nothing is called exactly so: asked, never assumed. */
export function close(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  const [only] = refs;
  const text =
    refs.length === 1 && only !== undefined
      ? `Do you mean ${named(only)}?`
      : `There is no such group exactly. Perhaps ${names(refs, 'or')}?`;
  return { text, buttons: column(refs, say) };
}

/** The names once each, five at most: some clients show no buttons. */
function names(refs: readonly TimetableRef[], or: string): string {
  const quoted = [...new Set(refs.map(({ name }) => `“${short(name, 40)}”`))].slice(0, 5);
  return quoted.join(', ').replace(/, (?=[^,]*$)/, ` ${or} `);
}

/** VK shows ten inline buttons in six rows: up to five names stand one a row, more of them two a row. */
function column(refs: readonly TimetableRef[], say: (id: number) => string): Button[][] {
  const all = refs.slice(0, 10).map((ref): Button => ({ label: label(ref), say: say(ref.id), color: 'primary' }));
  const width = all.length > 5 ? 2 : 1;
  return Array.from({ length: Math.ceil(all.length / width) }, (_, row) => all.slice(row * width, row * width + width));
}

export function notFound(name: string): Message {
  const said = short(name, 40);
  return {
    text: `I know no group “${said}”. Check the name, send a calendar address (.ics) or make the timetable yourself.`,
    buttons: [[{ label: cut(`Make a timetable ${said}`, 40), say: `создать расписание ${said}` }]],
  };
}

export function gone(): Message {
  return { text: 'That timetable is no more. Write your group, e.g. PI-21, and I shall find another.' };
}

const REFUSED = 'Only the one who added me, or an admin of this chat, changes its settings.';

/** Somebody without the right tried to change a chat's settings; `day` is shown all the same when they named a group. */
export function refused(day: Message | null = null): Message {
  return day === null ? { text: REFUSED } : before(REFUSED, day);
}

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
    text: 'I can remind from 1 minute to 24 hours before, at most four times a lesson. E.g. “remind 15 and 1 minutes”.',
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

export function stopped(): Message {
  return {
    text: 'All right, I write no more by myself. I still answer: “today”, “week”. To begin again: “settings”.',
    buttons: [[SETTINGS]],
  };
}

export function forgetAsk(chat: boolean): Message {
  return {
    text: `I shall erase the id of this ${chat ? 'chat' : 'dialogue'}, its group and settings. Timetables made by hand stay, others may use them. Sure?`,
    buttons: [
      [
        { label: 'Yes, erase', say: 'да, удалить мои данные', color: 'negative' },
        { label: 'Cancel', say: 'отмена' },
      ],
    ],
  };
}

export function forgotten(chat: boolean): Message {
  return { text: 'Done, erased. To come back, write a group.', ...(chat ? {} : { keyboard: [] }) };
}

export function calendarAdded(ref: TimetableRef, count: number, day: Message, peer: Peer, told: boolean): Message {
  const stored = told ? '' : `\n${STORED}`;
  const found = `${count} ${plural(count, ['lesson', 'lessons', 'lessons'], 'en')}`;
  const head = `Read the calendar ${named(ref)}: ${found}. I shall keep an eye on it.${stored}`;
  return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
}

export function calendarFailed(problem: TroubleFacts): Message {
  return { text: trouble(problem), buttons: suggestedAddresses(problem) };
}
