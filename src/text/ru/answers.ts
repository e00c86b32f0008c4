/** What the bot answers when asked to do something, in Russian: refreshing, lessons by hand, help, and what it did not understand. */
import type { Peer } from '../../domain/peer.ts';
import type { TimetableRef } from '../../domain/view.ts';
import { clean, plural } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { whyUnread } from './lookup.ts';
import { keys, silent } from './talk.ts';
import { type TroubleFacts, trouble } from './trouble.ts';

const CREATE: Button = { label: 'Создать расписание', say: 'создать расписание' };
const WEEK: Button = { label: 'Неделя', say: 'неделя' };

/** How a reading asked for by a person ended. */
export type RefreshFacts =
  | { readonly status: 'changed'; readonly changes: number }
  | { readonly status: 'same' | 'manual' | 'file' }
  /** `owned`: a person brought it, and may say that the site is right. */
  | { readonly status: 'held'; readonly owned: boolean }
  /** `site`: it comes from the site of a university, not from a calendar or a table. */
  | { readonly status: 'wait'; readonly seconds: number }
  | { readonly status: 'failed'; readonly site: boolean; readonly problem: TroubleFacts };

export function refreshed(outcome: RefreshFacts): Message {
  switch (outcome.status) {
    case 'changed':
      return {
        text: `Обновил: ${outcome.changes} ${plural(outcome.changes, ['изменение', 'изменения', 'изменений'])}.`,
        buttons: [[WEEK]],
      };
    case 'same':
      return { text: 'Проверил: ничего не изменилось.' };
    case 'manual':
      return { text: 'Это расписание составлено вручную, обновлять его неоткуда. Добавить пары: «добавить пары».' };
    case 'file':
      return {
        text: 'Это расписание из файла, сам он не меняется. Пришли новый с тем же названием, и я скажу, что изменилось.',
      };
    case 'held':
      return {
        text: `На сайте что-то странное: расписание опустело или сдвинулось. Показываю прежнее, пока не прояснится.${outcome.owned ? ' Если там всё верно, тот, кто добавил расписание, пишет «принять».' : ''}`,
      };
    case 'wait':
      return {
        text: `Только что проверял. Попробуй через ${outcome.seconds} ${plural(outcome.seconds, ['секунду', 'секунды', 'секунд'])}.`,
      };
    case 'failed':
      if (outcome.site)
        return { text: `Обновить не вышло: ${whyUnread(outcome.problem)}. Показываю прежнее расписание.` };
      return { text: `Обновить не вышло, показываю прежнее расписание. ${trouble(outcome.problem)}` };
  }
}

/** The first line is enough in a chat; a DM also hears how to bring the bot to the group's chat. */
export function formSaved(ref: TimetableRef, peer: Peer): Message {
  const name = clean(ref.name);
  const evening = peer.evening === null ? '' : `В ${peer.evening} пришлю пары на завтра. `;
  const next =
    peer.kind === 'chat'
      ? `${evening}Другие найдут расписание по названию.`
      : `Чтобы расписание приходило в беседу группы, открой сообщество, нажми «Добавить в чат» и выбери беседу. Там напиши «/${name}»: я найду его по названию.`;
  const buttons: Button[] = [WEEK, { label: 'Напоминать за 5 минут', say: 'напоминать за 5 минут' }];
  return {
    text: `Готово, расписание «${name}» сохранено.${silent(peer)} ${next}`,
    ...keys(peer.kind === 'chat', [buttons]),
  };
}

export function formAdded(ref: TimetableRef, added: number): Message {
  return {
    text: `Добавил в «${clean(ref.name)}»: ${added} ${plural(added, ['пару', 'пары', 'пар'])}.`,
    buttons: [[WEEK]],
  };
}

/** Why a form could not begin or be saved. */
export function formRefused(why: 'too-many' | 'not-yours' | 'gone' | 'problems' | 'no-own'): Message {
  switch (why) {
    case 'too-many':
      return { text: 'У тебя уже очень много расписаний, больше создать не могу.' };
    case 'not-yours':
      return {
        text: 'Пары добавляет только тот, кто создал расписание. Своё можно начать так: «создать расписание ПИ-21».',
      };
    case 'gone':
      return { text: 'Этого расписания больше нет. Создать новое: «создать расписание ПИ-21».', buttons: [[CREATE]] };
    case 'problems':
      return {
        text: 'В строках что-то не так: слишком длинные названия или негодная ссылка. Исправь их и сохрани снова.',
      };
    case 'no-own':
      return { text: 'Своего расписания у тебя пока нет. Начни так: «создать расписание ПИ-21».', buttons: [[CREATE]] };
  }
}

/** A word of the dialogue when none runs. */
export function nothingRunning(): Message {
  return { text: 'Сейчас мы ничего не заполняем. Начать: «создать расписание ПИ-21».', buttons: [[CREATE]] };
}

export function nothingToCancel(): Message {
  return { text: 'Хорошо.' };
}

/** Stands after an answer given while a timetable is being typed. */
export function formWaits(name: string): string {
  if (name === '') return 'Жду название расписания. Передумал? Напиши «отмена».';
  return `Расписание «${clean(name)}» ждёт: пришли пары дальше или напиши «отмена».`;
}

const COURTESIES: Readonly<Record<'thanks' | 'hello' | 'bye' | 'yes' | 'ok' | 'fun', string>> = {
  thanks: 'Пожалуйста! Обращайся 🙂',
  hello: 'Привет! Спроси «завтра» или «неделя», а всё, что умею: «помощь».',
  bye: 'Пока! Хороших пар.',
  yes: '🙂 Если это ответ на мой вопрос, нажми кнопку под ним: так я не ошибусь.',
  ok: 'Хорошо 🙂',
  fun: '😄',
};

/** A short word back to a courtesy, in a DM. */
export function courtesy(kind: keyof typeof COURTESIES): Message {
  return { text: COURTESIES[kind] };
}

export function help(chat: boolean): Message {
  const lines = [
    'Спроси: «сегодня», «завтра», «в пятницу», «12.09», «неделя», «ПИ-22 завтра».',
    'Выбрать группу: напиши её название или пришли файлом либо адресом календарь (.ics) или таблицу (.xlsx, .csv). Заготовка таблицы: «шаблон».',
    'Напоминания: «напоминать за 15 и 1 минуту», «к первой паре за 40 минут», «не напоминать».',
    'Домашка: «дз» – что задано, «дз матан: №5–7» – записать, «домашку не присылать».',
    'Рассылки: «вечером в 19:00», «утром в 7:30», «неделю в воскресенье в 18», «вечером не присылать».',
    'Что поменялось: «изменения», «изменения за неделю». Что об этом присылать: «изменения на 7 дней», «не присылать изменения аудиторий».',
    'Только своё: «подгруппа 2», «скрыть физкультуру», «тихо с 23 до 7».',
    'Составить расписание самому: «создать расписание ПИ-21», потом «добавить пары».',
    'Ещё: «обновить», «настройки», «почему», «стоп», «удалить расписание», «удалить мои данные».',
    chat ? 'В беседе начинай с «/» или отвечай на моё сообщение: иначе я не увижу.' : '',
  ];
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    buttons: [
      [
        { label: 'Сегодня', say: 'сегодня' },
        { label: 'Завтра', say: 'завтра' },
        { label: 'Настройки', say: 'настройки' },
      ],
    ],
  };
}

/** A DM we did not understand, with the commands nearest to the words. */
export function unknown(nearest: readonly string[]): Message {
  return {
    text: `Не понял. Может быть, ${nearest.map((phrase) => `«${phrase}»`).join(', ')}? Всё, что умею: «помощь».`,
    buttons: [nearest.map((phrase) => ({ label: `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}`, say: phrase }))],
  };
}
