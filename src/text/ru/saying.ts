/** The words of what the bot sends by itself, in Russian. */

import type { Doubt } from '../../domain/verdict.ts';
import { voice } from '../saying.ts';
import { changes } from './changes.ts';
import { whyUnread } from './lookup.ts';
import { reminding } from './reminding.ts';
import { SOURCE_WORDS } from './sources.ts';
import { WORDS } from './words.ts';

const HELD: Readonly<Record<Doubt, string>> = {
  empty: 'источник прислал пустое расписание, хотя впереди были занятия.',
  unreadable: 'на странице источника много строк, которые не получилось прочитать.',
  shrunk: 'из источника разом пропало больше трети занятий.',
  gap: 'из источника пропала целая неделя.',
  shifted: 'все занятия в источнике сдвинулись на одно и то же время.',
  week: 'все занятия в источнике переехали на другую неделю.',
  foreign: 'большинство занятий в источнике теперь другие, будто это расписание другой группы.',
};

/** A saying in Russian. */
export const say = voice({
  lesson: WORDS,
  sources: SOURCE_WORDS,
  labels: { accept: 'Принять', week: 'Неделя' },
  reminding,
  changes,
  ready: (title) => `Прочитал расписание «${title}».`,
  nothing: 'Занятий впереди пока нет.',
  unread: (title, why, follows) =>
    `Расписание «${title}» прочитать пока не получилось: ${why}.${follows ? ' Пришлю, как только получится.' : ''}`,
  why: whyUnread,
  perhaps: 'Может быть, нужно другое?',
  moved: (title) =>
    title === null
      ? 'Одна из твоих бесед со мной переехала в MAX: писать туда я больше не могу.'
      : `Беседа, куда я присылал расписание «${title}», переехала в MAX: писать туда я больше не могу. Хочешь получать его здесь? Напиши «${title}».`,
  sending: {
    'chats-closed': (_, why) =>
      `⚠️ VK не пускает меня в беседы (${why}). Включи в сообществе «Управление → Сообщения → Настройки для бота → Возможности ботов». Людям пишу как обычно.`,
    'chats-open': (since) => `VK снова пускает меня в беседы, а не пускал с ${since}.`,
    open: (since, why) =>
      `Отправка снова идёт, а с ${since} VK отказывал во всём: ${why}. Что ещё не поздно, досылаю сейчас.`,
  },
  held: (title, reason) => `Расписание «${title}»: ${HELD[reason]} Оставляю прежнее и буду проверять дальше.`,
});
