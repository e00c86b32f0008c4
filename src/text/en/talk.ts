/** What the bot says in conversation, in English. The words buttons say are the bot's own, so they stay as people of the university type them. */
import { isSilent, type Peer } from '../../domain/peer.ts';
import type { Offered, OfferId, TimetableRef } from '../../domain/view.ts';
import { clean, cut, LONGEST, short, fit as within } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { column, label, sortOf } from '../offer.ts';
import { listed, minutesText } from './wishes.ts';

export const STORED: string =
  'I keep the id of this dialogue, the group and the settings. To erase all: “delete my data”.';
const HELP: Button = { label: 'Help', say: 'помощь' };
const CREATE: Button = { label: 'Make a timetable', say: 'создать расписание' };
export const REMIND: Button = { label: 'Remind 5 minutes before', say: 'напоминать за 5 минут' };
const ROLES: readonly Button[] = [
  { label: 'I am a teacher', say: 'я преподаватель' },
  { label: 'I am a parent', say: 'я родитель' },
];
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
export function before(head: string, message: Message, more: readonly (readonly Button[])[] = []): Message {
  return { ...message, text: within(`${head}\n\n${message.text}`), buttons: [...(message.buttons ?? []), ...more] };
}

/** A timetable's name in quotes, with its university. */
export function named({ name, university }: Pick<Offered, 'name' | 'university'>): string {
  return university === '' ? `“${clean(name)}”` : `“${clean(name)}”, ${clean(university)}`;
}

/** A message with what is kept and how to erase it said under it, once. */
export function withStored(message: Message): Message {
  if (message.text.includes(STORED)) return message;
  return { ...message, text: `${within(message.text, LONGEST - STORED.length - 2)}\n\n${STORED}` };
}

export function start(): Message {
  return {
    text: `Hello! I am “Звонок”: I know the timetable, remind you of lessons and tell you when something changes.\n\nWrite your group, e.g. PI-21, or send a calendar (.ics) or a table (.xlsx).\n\n${STORED}`,
    buttons: [ROLES, [CREATE, HELP]],
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
    : 'Write it, e.g. PI-21, or send a calendar (.ics) or a table (.xlsx).';
  return { text: `Which group? ${how}`, buttons: [[CREATE, HELP]] };
}

/** The chosen timetable with its nearest day; what is stored is said unless `told`. */
export function chosen(ref: TimetableRef, day: Message, peer: Peer, told: boolean): Message {
  const stored = told ? '' : `\n${STORED}`;
  const head = `Done: ${named(ref)}.${sentNow(peer)}${stored}`;
  if (peer.kind === 'chat') return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
  const remind = peer.leads.length > 0 || peer.role === 'parent' ? '' : '\n\nReminders? Write “remind 5 minutes”.';
  return { text: within(`${head}\n\n${day.text}${remind}`), keyboard: KEYBOARD };
}

/** What is sent by itself from now on, as one sentence with a space before it; '' when nothing is worth saying. */
export function sentNow(peer: Peer): string {
  const sent = [
    peer.firstLead === null ? '' : `remind you ${minutesText(peer.firstLead)} before the first lesson`,
    peer.evening === null ? '' : `send tomorrow's lessons at ${peer.evening}`,
    peer.changes ? 'tell you of changes at once' : '',
    peer.meetings ? 'remind you of meetings a day and an hour before' : '',
  ].filter((part) => part !== '');
  return sent.length === 0 ? silent(peer) : ` From now on I ${listed(sent)}.`;
}

/** Said where a timetable is chosen by somebody who has switched everything off. */
export function silent(peer: Peer): string {
  if (!isSilent(peer)) return '';
  return ' I send nothing by myself, as you asked. To begin: “evening 19:00” or the settings.';
}

const SEVERAL = {
  group: 'There are several such groups. Which one is yours?',
  teacher: 'There are several such teachers. Which one?',
  room: 'There are several such rooms. Which one?',
  any: 'I found several. Which one?',
} as const;
const NOT_EXACTLY = {
  group: 'There is no such group exactly.',
  teacher: 'There is no such teacher exactly.',
  room: 'There is no such room exactly.',
  any: 'There is nothing called exactly so.',
} as const;

/** Several timetables of one name; `say` makes what a button says of an id. */
export function several(refs: readonly Offered[], say: (id: OfferId) => string): Message {
  const sort = sortOf(refs) ?? 'any';
  const more = sort === 'teacher' && refs.length >= 10 ? ' If yours is not here, write the given name, too.' : '';
  return { text: SEVERAL[sort] + more, buttons: column(refs, say) };
}

/** Nothing is called exactly so: asked, never assumed. */
export function close(refs: readonly Offered[], say: (id: OfferId) => string): Message {
  const [only] = refs;
  const text =
    refs.length === 1 && only !== undefined
      ? `Do you mean ${named(only)}?`
      : `${NOT_EXACTLY[sortOf(refs) ?? 'any']} Perhaps ${names(refs, 'or')}?`;
  return { text, buttons: column(refs, say) };
}

/** The names once each, five at most: some clients show no buttons. */
function names(refs: readonly Offered[], or: string): string {
  const quoted = [...new Set(refs.map(({ name }) => `“${short(name, 40)}”`))].slice(0, 5);
  return quoted.join(', ').replace(/, (?=[^,]*$)/, ` ${or} `);
}

/** `near` has the same letters and other digits: offered, never assumed; `say` makes what a button says of an id. */
export function notFound(name: string, near: readonly Offered[] = [], say?: (id: OfferId) => string): Message {
  const said = short(name, 40);
  const make: Button = { label: cut(`Make a timetable ${said}`, 40), say: `создать расписание ${said}` };
  if (near.length > 0 && say !== undefined)
    return {
      text: `I know no group “${said}”. There is ${names(near, 'and')}. Another one? Send a calendar (.ics), a table (.xlsx) or make the timetable yourself.`,
      buttons: [...column(near.slice(0, 5), say), [make]],
    };
  return {
    text: `I know no group “${said}”. Check the name, send a calendar (.ics), a table (.xlsx) or make the timetable yourself.`,
    buttons: [[make]],
  };
}

export function gone(): Message {
  return { text: 'That timetable is no more. Write your group, e.g. PI-21, and I shall find another.' };
}

const REFUSED =
  'Only the one who added me, or an admin of this chat, changes its settings. Are you an admin? Make me one too, so that I see it.';

/** Somebody without the right tried to change a chat's settings; `day` is shown all the same when they named a group. */
export function refused(day: Message | null = null): Message {
  return day === null ? { text: REFUSED } : before(REFUSED, day);
}

/** The same for a press: VK shows 90 characters of it, to the presser alone. */
export function refusedBriefly(): string {
  return 'Only who added me, or an admin of this chat where I am an admin too.';
}

export function stopped(): Message {
  return {
    text: 'All right, I write no more by myself. I still answer: “today”, “week”. To begin again: “settings”.',
    buttons: [[SETTINGS]],
  };
}

export function forgetAsk(chat: boolean): Message {
  return {
    text: `I shall erase the id of this ${chat ? 'chat' : 'dialogue'}, its group and settings. Timetables made by hand stay, others may use them.${chat ? '' : ' The count of your requests to read a site goes by itself within two hours: erasing it would reset the limit.'} Sure?`,
    buttons: [
      [{ label: 'Yes, delete my data', say: 'да, удалить мои данные', color: 'negative' }],
      [{ label: 'Cancel', say: 'отмена' }],
    ],
  };
}

export function forgotten(chat: boolean): Message {
  return { text: 'Done, erased. To come back, write a group.', ...(chat ? {} : { keyboard: [] }) };
}
