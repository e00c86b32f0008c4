/** What the bot says about what it sends and when, in Russian. */
import type { Clock } from '../../domain/calendar.ts';
import type { Peer } from '../../domain/peer.ts';
import type { TimetableRef } from '../../domain/view.ts';
import { plural } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { keys, named } from './talk.ts';

const REMIND: Button = { label: 'Напоминать за 5 минут', say: 'напоминать за 5 минут' };

export function leadsSet(leads: readonly number[], chat: boolean): Message {
  if (leads.length === 0) return { text: 'Хорошо, перед парами больше не напоминаю.', ...keys(chat, [[REMIND]]) };
  return {
    text: `Буду напоминать ${leadsText(leads)} до каждой пары.`,
    ...keys(chat, [[{ label: 'Не напоминать', say: 'не напоминать' }]]),
  };
}

function leadsText(leads: readonly number[]): string {
  return `за ${leads.map(minutesText).join(' и за ')}`;
}

function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours === 0 ? '' : `${hours} ${plural(hours, ['час', 'часа', 'часов'])}`,
    rest === 0 ? '' : `${rest} ${plural(rest, ['минуту', 'минуты', 'минут'])}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

export function leadsAsk(): Message {
  const buttons = [5, 15, 60].map((minutes) => ({
    label: `За ${minutesText(minutes)}`,
    say: `напоминать за ${minutes} минут`,
  }));
  return {
    text: 'За сколько минут до пары напоминать? Можно несколько: «напоминать за 15 и 1 минуту».',
    buttons: [buttons],
  };
}

export function leadsBad(): Message {
  return {
    text: 'Напоминаю только перед парами: за время от 1 минуты до 24 часов, не больше четырёх раз. Например: «напоминать за 15 и 1 минуту».',
  };
}

export function eveningSet(at: Clock | null, chat: boolean): Message {
  if (at === null) return { text: 'Хорошо, вечером ничего не присылаю.', ...keys(chat, [[EVENING_ON]]) };
  return { text: `Буду присылать пары на завтра в ${at}.`, ...keys(chat, [[EVENING_OFF]]) };
}

const EVENING_ON: Button = { label: 'Вечером в 19:00', say: 'вечером в 19:00' };
const EVENING_OFF: Button = { label: 'Вечером не присылать', say: 'вечером не присылать' };
const CHANGES_ON: Button = { label: 'Присылать изменения', say: 'присылать изменения' };
const CHANGES_OFF: Button = { label: 'Не присылать изменения', say: 'не присылать изменения' };

export function eveningAsk(at: Clock | null): Message {
  const now = at === null ? 'Сейчас вечером ничего не присылаю.' : `Сейчас присылаю пары на завтра в ${at}.`;
  return { text: `${now} Другое время: «вечером в 20:30».`, buttons: [[at === null ? EVENING_ON : EVENING_OFF]] };
}

export function changesSet(on: boolean, chat: boolean): Message {
  if (!on) return { text: 'Хорошо, об изменениях молчу.', ...keys(chat, [[CHANGES_ON]]) };
  return { text: 'Буду сообщать об изменениях сразу, как их увижу.', ...keys(chat, [[CHANGES_OFF]]) };
}

/** What is on; every line names the words that change it. */
export function settings(peer: Peer, ref: TimetableRef | null): Message {
  const lines = [
    `Группа: ${ref === null ? 'не выбрана' : named(ref)}`,
    `Перед парой: ${peer.leads.length === 0 ? 'не напоминаю' : leadsText(peer.leads)}`,
    `Вечером: ${peer.evening === null ? 'не присылаю' : `пары на завтра в ${peer.evening}`}`,
    `Изменения: ${peer.changes ? 'сообщаю сразу' : 'не присылаю'}`,
    '',
    'Ничего не присылать: «стоп». Стереть всё: «удалить мои данные».',
  ];
  const leads: Button = peer.leads.length === 0 ? REMIND : { label: 'Не напоминать', say: 'не напоминать' };
  const rows = [[leads], [peer.evening === null ? EVENING_ON : EVENING_OFF], [peer.changes ? CHANGES_OFF : CHANGES_ON]];
  return {
    text: lines.join('\n'),
    buttons: [...rows, [{ label: 'Сменить группу', say: 'сменить группу' }]],
  };
}
