/** «состояние» in Russian. */
import type { BotState } from '../../domain/bot-state.ts';
import type { Message } from '../message.ts';
import { type StateWords, stateText } from '../state.ts';

const WORDS: StateWords = {
  units: { second: 'с', minute: 'мин', hour: 'ч', day: 'д' },
  decimal: ',',
  kinds: {
    reminder: 'напоминания',
    'follow-up': 'поправки',
    evening: 'вечерние сводки',
    morning: 'утренние сводки',
    week: 'сводки недели',
    homework: 'домашка',
    changes: 'изменения',
    ready: '«расписание готово»',
    unread: '«расписание не читается»',
    moved: 'о переезде бесед',
    held: 'о придержанном',
    calendar: 'о календарях',
    source: 'об источниках',
    sending: 'об отправке',
  },
  labels: { sources: 'Источники', again: 'Обновить' },
  day: 'За сутки',
  week: 'За неделю',
  sent: (when, peers, p50, p95, p99) =>
    `${when} отправлено ${peers}: половина за ${p50}, 95 % за ${p95}, 99 % за ${p99}.`,
  nothing: (when) => `${when} ничего не отправлено.`,
  beyond: (longest) => `больше чем ${longest}`,
  queue: (waiting, leased, due) => `В очереди пачек: ${waiting}, из них пора: ${due}, в пути: ${leased}.`,
  emptyQueue: () => 'Очередь пуста.',
  overdue: (time) => `Самая старая ждёт ${time}.`,
  slack: (time) => `До ближайшего срока ${time}.`,
  tooLate: () => 'Ближайший срок уже прошёл.',
  expired: (parts) => `Опоздало и не отправлено за всё время: ${parts}.`,
  noneExpired: () => 'Ничего не опоздало.',
  asleep: (count) => `Нельзя написать, пока не напишут сами: ${count}.`,
  feeds: (all, failing, held) => `Расписаний из источников ${all}: не читается ${failing}, придержано ${held}.`,
  halted: (why) => `⚠️ Отправка стоит, VK отвечает: ${why}.`,
  calls: (aSecond) => `Вызовов VK в секунду за минуту: ${aSecond} (предел 20).`,
  refused: (parts) => `Отказы с запуска: ${parts}.`,
  refusals: {
    slow: 'подождать',
    retry: 'повторить',
    halt: 'нет прав у сообщества',
    'chats-off': 'беседы выключены',
    gone: 'писать нельзя',
    'until-writes': 'пока не напишет',
    bug: 'наша ошибка',
    split: 'слишком большое',
  },
};

export function botState(state: BotState): Message {
  return stateText(state, WORDS);
}
