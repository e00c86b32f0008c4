/** What the bot answers when asked to do something, in English: refreshing, lessons by hand, help, and what it did not understand. */
import type { Peer } from '../../domain/peer.ts';
import type { TimetableRef } from '../../domain/view.ts';
import { clean, plural } from '../format.ts';
import type { Button, Message } from '../message.ts';
import type { RefreshFacts } from '../ru/answers.ts';
import { whyUnread } from './lookup.ts';
import { keys, silent } from './talk.ts';
import { trouble } from './trouble.ts';

const CREATE: Button = { label: 'Make a timetable', say: 'создать расписание' };
const WEEK: Button = { label: 'Week', say: 'неделя' };

export function refreshed(outcome: RefreshFacts): Message {
  switch (outcome.status) {
    case 'changed':
      return {
        text: `Refreshed: ${outcome.changes} ${plural(outcome.changes, ['change', 'changes', 'changes'], 'en')}.`,
        buttons: [[WEEK]],
      };
    case 'same':
      return { text: 'Checked: nothing has changed.' };
    case 'manual':
      return {
        text: 'This timetable was made by hand, there is nowhere to refresh it from. To add lessons: “add lessons”.',
      };
    case 'file':
      return {
        text: 'This timetable came in a file, which does not change by itself. Send a newer one of the same name, and I shall tell what changed.',
      };
    case 'held':
      return {
        text: `Something is odd on the site: the timetable is empty or shifted. I keep showing the last good one.${outcome.owned ? ' If the site is right, who added the timetable writes “accept”.' : ''}`,
      };
    case 'wait':
      return {
        text: `I have just checked. Try in ${outcome.seconds} ${plural(outcome.seconds, ['second', 'seconds', 'seconds'], 'en')}.`,
      };
    case 'failed':
      if (outcome.site)
        return { text: `Could not refresh: ${whyUnread(outcome.problem)}. The last good timetable stays.` };
      return { text: `Could not refresh, the last good timetable stays. ${trouble(outcome.problem)}` };
  }
}

/** The first line is enough in a chat; a DM also hears how to bring the bot to the group's chat. */
export function formSaved(ref: TimetableRef, peer: Peer): Message {
  const name = clean(ref.name);
  const evening = peer.evening === null ? '' : `I send tomorrow's lessons at ${peer.evening}. `;
  const next =
    peer.kind === 'chat'
      ? `${evening}Others find the timetable by its name.`
      : `To have it in your group's chat, open the community, press “Add to chat” and pick the chat. Write “/${name}” there: I find it by its name.`;
  const buttons: Button[] = [WEEK, { label: 'Remind 5 minutes before', say: 'напоминать за 5 минут' }];
  return { text: `Saved the timetable “${name}”.${silent(peer)} ${next}`, ...keys(peer.kind === 'chat', [buttons]) };
}

export function formAdded(ref: TimetableRef, added: number): Message {
  return {
    text: `Added to “${clean(ref.name)}”: ${added} ${plural(added, ['lesson', 'lessons', 'lessons'], 'en')}.`,
    buttons: [[WEEK]],
  };
}

/** Why a form could not begin or be saved. */
export function formRefused(why: 'too-many' | 'not-yours' | 'gone' | 'problems' | 'no-own'): Message {
  switch (why) {
    case 'too-many':
      return { text: 'You have very many timetables already, I can not make more.' };
    case 'not-yours':
      return {
        text: 'Only the one who made a timetable adds lessons to it. Begin your own: “create timetable PI-21”.',
      };
    case 'gone':
      return { text: 'That timetable is no more. A new one: “create timetable PI-21”.', buttons: [[CREATE]] };
    case 'problems':
      return { text: 'Something is wrong in the lines: a name too long or a bad link. Correct them and save again.' };
    case 'no-own':
      return { text: 'You have no timetable of your own yet. Begin: “create timetable PI-21”.', buttons: [[CREATE]] };
  }
}

/** A word of the dialogue when none runs. */
export function nothingRunning(): Message {
  return { text: 'There is nothing to fill in now. Begin: “create timetable PI-21”.', buttons: [[CREATE]] };
}

export function nothingToCancel(): Message {
  return { text: 'All right.' };
}

/** Stands after an answer given while a timetable is being typed. */
export function formWaits(name: string): string {
  if (name === '') return 'I wait for the name of the timetable. Changed your mind? Write “cancel”.';
  return `The timetable “${clean(name)}” waits: send more lessons or write “cancel”.`;
}

const COURTESIES: Readonly<Record<'thanks' | 'hello' | 'bye' | 'yes' | 'ok' | 'fun', string>> = {
  thanks: 'You are welcome 🙂',
  hello: 'Hello! Ask “tomorrow” or “week”; all I can do: “help”.',
  bye: 'Bye! Have good lessons.',
  yes: '🙂 If that answers my question, press the button below it, so that I make no mistake.',
  ok: 'All right 🙂',
  fun: '😄',
};

/** A short word back to a courtesy, in a DM. */
export function courtesy(kind: keyof typeof COURTESIES): Message {
  return { text: COURTESIES[kind] };
}

export function help(chat: boolean): Message {
  const lines = [
    'Ask: “today”, “tomorrow”, “friday”, “12.09”, “week”, “PI-22 tomorrow”.',
    'To choose a group: write its name, or send a calendar (.ics) or a table (.xlsx, .csv) as a file or an address. A table to fill in: “template”.',
    'Reminders: “remind 15 and 1 minutes”, “first lesson 40 minutes before”, “no reminders”.',
    'Homework: “homework” shows it, “homework math: 5–7” writes it down, “homework off” stops telling it.',
    'Digests: “evening 19:00”, “morning 7:30”, “week on Sunday at 18:00”, “evening off”.',
    'What has changed: “changes”, “changes in a week”. What is told of it: “tell changes for 7 days”, “tell no changes of rooms”.',
    'Only yours: “subgroup 2”, “hide history”, “quiet from 23 to 7”.',
    'To make a timetable yourself: “create timetable PI-21”, then “add lessons”.',
    'Also: “refresh”, “settings”, “why”, “stop”, “delete timetable”, “delete my data”.',
    chat ? 'In a chat begin with “/” or reply to my message: otherwise I do not see it.' : '',
  ];
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    buttons: [
      [
        { label: 'Today', say: 'сегодня' },
        { label: 'Tomorrow', say: 'завтра' },
        { label: 'Settings', say: 'настройки' },
      ],
    ],
  };
}

/** A DM we did not understand, with the commands nearest to the words. */
export function unknown(nearest: readonly string[]): Message {
  return {
    text: `I did not understand. Perhaps ${nearest.map((phrase) => `“${phrase}”`).join(', ')}? All I can do: “help”.`,
    buttons: [nearest.map((phrase) => ({ label: `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}`, say: phrase }))],
  };
}
