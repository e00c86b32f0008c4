/** What the bot says when people tell who they are, in Russian. */
import type { Clock } from '../../domain/calendar.ts';
import type { Peer, Role } from '../../domain/peer.ts';
import type { Button, Message } from '../message.ts';
import { keys, sentNow } from './talk.ts';

const SETTINGS: Button = { label: 'Настройки', say: 'настройки' };

/** Whose timetable is meant: asked of somebody who follows none yet. */
export function askWhose(role: Role, chat: boolean): Message {
  const how = chat ? 'Ответь на это сообщение' : 'Напиши';
  if (role === 'teacher' && chat)
    return {
      text: `Хорошо. Какое расписание показывать? ${how} его названием (преподаватель, группа или составленное вручную) или пришли календарь (.ics) или таблицу (.xlsx).`,
    };
  if (role === 'teacher')
    return { text: `Хорошо. Чьё расписание показывать? ${how}: «Иванов И. И.», или пришли свой календарь (.ics).` };
  if (role === 'parent') return { text: `Хорошо. Какая группа или класс у ребёнка? ${how}, например ПИ-21.` };
  return { text: `Хорошо. Какая группа? ${how}, например ПИ-21.` };
}

export function roleSet(peer: Peer, chat: boolean): Message {
  const who = { student: 'учишься сам', parent: 'родитель', teacher: 'преподаватель' }[peer.role];
  return { text: `Запомнил: ${who}.${sentNow(peer)}`, ...keys(chat, [[SETTINGS]]) };
}

export function meetingsSet(on: boolean, chat: boolean): Message {
  const undo: Button = on
    ? { label: 'Собрания не присылать', say: 'собрания не присылать' }
    : { label: 'Собрания присылать', say: 'собрания присылать' };
  const text = on ? 'О собраниях напомню за день и за час.' : 'Хорошо, о собраниях отдельно не напоминаю.';
  return { text, ...keys(chat, [[undo]]) };
}

/** `evening`: when the evening digest comes, which tells homework itself. */
export function homeworkAtSet(at: Clock | null, evening: Clock | null, chat: boolean): Message {
  if (at === null)
    return {
      text: 'Хорошо, домашку сам не присылаю. Спросить: «дз».',
      ...keys(chat, [[{ label: 'Домашку в 19:00', say: 'домашку в 19:00' }]]),
    };
  const text =
    evening === null
      ? `Если на завтра что-то задано, напишу в ${at}.`
      : `Домашка на завтра придёт вместе с парами, в ${evening}.`;
  return { text, ...keys(chat, [[{ label: 'Домашку не присылать', say: 'домашку не присылать' }]]) };
}
