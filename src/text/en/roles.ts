/** What the bot says when people tell who they are, in English. */
import type { Clock } from '../../domain/calendar.ts';
import type { Peer, Role } from '../../domain/peer.ts';
import type { Button, Message } from '../message.ts';
import { keys, sentNow } from './talk.ts';

const SETTINGS: Button = { label: 'Settings', say: 'настройки' };

/** Whose timetable is meant: asked of somebody who follows none yet. */
export function askWhose(role: Role, chat: boolean): Message {
  const how = chat ? 'Answer this message' : 'Type it';
  if (role === 'teacher' && chat)
    return {
      text: `All right. Which timetable shall I show? ${how} with its name (a teacher, a group or one made by hand), or send a calendar (.ics) or a table (.xlsx).`,
    };
  if (role === 'teacher')
    return { text: `All right. Whose timetable shall I show? ${how}: “Иванов И. И.”, or send your calendar (.ics).` };
  if (role === 'parent') return { text: `All right. Which group or class is your child in? ${how}, e.g. ПИ-21.` };
  return { text: `All right. Which group? ${how}, e.g. ПИ-21.` };
}

export function roleSet(peer: Peer, chat: boolean): Message {
  const who = { student: 'you study yourself', parent: 'a parent', teacher: 'a teacher' }[peer.role];
  return { text: `Noted: ${who}.${sentNow(peer)}`, ...keys(chat, [[SETTINGS]]) };
}

export function meetingsSet(on: boolean, chat: boolean): Message {
  const undo: Button = on
    ? { label: 'No reminders of meetings', say: 'собрания не присылать' }
    : { label: 'Remind me of meetings', say: 'собрания присылать' };
  const text = on ? 'I shall remind of meetings a day and an hour before.' : 'All right, no reminders of meetings.';
  return { text, ...keys(chat, [[undo]]) };
}

/** `evening`: when the evening digest comes, which tells homework itself. */
export function homeworkAtSet(at: Clock | null, evening: Clock | null, chat: boolean): Message {
  if (at === null)
    return {
      text: 'All right, no homework by itself. To ask: “дз”.',
      ...keys(chat, [[{ label: 'Homework at 19:00', say: 'домашку в 19:00' }]]),
    };
  const text =
    evening === null
      ? `If there is homework for tomorrow, I shall write at ${at}.`
      : `Homework for tomorrow will come with the lessons at ${evening}.`;
  return { text, ...keys(chat, [[{ label: 'No homework', say: 'домашку не присылать' }]]) };
}
