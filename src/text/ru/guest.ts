/** What the bot says to who brings the site of a university that it does not know, of an engine that it does, in Russian. */
import type { Zone } from '../../domain/calendar.ts';
import { groupButtons, groupNames, zoneButtons } from '../brought.ts';
import { short } from '../format.ts';
import type { Message } from '../message.ts';
import { CREATE, strangerSite } from './brought.ts';
import { type TroubleFacts, trouble } from './trouble.ts';

const HOST = 60;

/** The address does not say whose timetable is wanted. */
export function guestGroup(engine: string, host: string): Message {
  return {
    text: `Сайт ${short(host, HOST)} похож на «${short(engine, 40)}», попробую его прочитать. Какая группа? Напиши, как на сайте.`,
  };
}

/** The site does not say by whose clocks its times are; `likely` are those of the bot. */
export function guestZone(engine: string, host: string, likely: Zone): Message {
  return {
    text: `Попробую прочитать ${short(host, HOST)} как «${short(engine, 40)}». По какому времени там пары? Сайт этого не говорит: нажми или напиши город.`,
    buttons: zoneButtons(likely, 'ru'),
  };
}

export function guestZoneUnknown(said: string): Message {
  return {
    text: `Не знаю такого города: «${short(said, 40)}». Напиши ближайший крупный, например «Омск», или «мск+3».`,
  };
}

/** The site has no such group; `groups` are those that it has instead. */
export function guestUnknown(groups: readonly string[], said: string, host: string): Message {
  const what = said === '' ? 'того, на что ведёт адрес,' : `группы «${short(said, 40)}»`;
  const near = groups.length === 0 ? '' : ` Есть похожие: ${groupNames(groups)}.`;
  return {
    text: `На сайте ${short(host, HOST)} ${what} не нашёл.${near}\n\nНапиши название группы, как на сайте.`,
    buttons: groups.length === 0 ? [[CREATE]] : groupButtons(groups),
  };
}

/** It was tried, and not read: the site answers otherwise than its engine does, or does not answer. */
export function guestFailed(problem: TroubleFacts, engine: string, host: string): Message {
  if (problem.kind === 'empty')
    return {
      text: `Сайт ${short(host, HOST)} прочитал, но занятий впереди там нет. Пришли адрес снова, когда расписание появится.`,
      buttons: [[CREATE]],
    };
  if (OTHERWISE.has(problem.kind)) {
    const { text, ...rest } = strangerSite(engine, host);
    return { text: `Попробовал прочитать, но сайт отвечает не так, как я умею.\n\n${text}`, ...rest };
  }
  return { text: trouble(problem), buttons: problem.kind === 'too-many' ? [] : [[CREATE]] };
}

const OTHERWISE: ReadonlySet<string> = new Set(['changed', 'blocked', 'too-big']);

/** Somebody says by whose clocks a site tells times, and none was brought. */
export function noGuest(): Message {
  return { text: 'Пришли адрес страницы с расписанием ещё раз: я забыл, о каком сайте речь.' };
}

/** To who presses a button of a question that somebody else in the chat was asked. */
export function askedAnother(): string {
  return 'Ответит тот, кто прислал ссылку или файл.';
}
