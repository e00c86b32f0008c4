/** What the bot says when a setting was changed, or could not be, in Russian. */
import type { Clock, Zone } from '../../domain/calendar.ts';
import type { Hidden, Peer, Quiet } from '../../domain/peer.ts';
import { clean, short } from '../format.ts';
import { hiddenWords, isSayable } from '../hidden.ts';
import type { Button, Message } from '../message.ts';
import { byClocksOf } from '../places.ts';
import { keys } from './talk.ts';
import { changesText, hiddenName, leadsText, minutesText, ON_WEEKDAY, quietText } from './wishes.ts';

const REMIND: Button = { label: 'Напоминать за 5 минут', say: 'напоминать за 5 минут' };
const HOME_ZONE: Button = { label: 'Как в расписании', say: 'часовой пояс как в расписании' };

export function leadsSet(leads: readonly number[], chat: boolean): Message {
  if (leads.length === 0) return done('Хорошо, перед парами больше не напоминаю.', chat, REMIND);
  return done(`Буду напоминать ${leadsText(leads)} до каждой пары.`, chat, {
    label: 'Не напоминать',
    say: 'не напоминать',
  });
}

export function leadsBad(): Message {
  return {
    text: 'Напоминаю только перед парами: за время от 1 минуты до 24 часов, не больше четырёх раз. Например: «напоминать за 15 и 1 минуту».',
  };
}

export function firstSet(lead: number | null, chat: boolean): Message {
  if (lead === null)
    return done('Хорошо, к первой паре отдельно не напоминаю.', chat, {
      label: 'К первой паре за 30 минут',
      say: 'к первой паре за 30 минут',
    });
  return done(`Буду напоминать за ${minutesText(lead)} до первой пары дня.`, chat, {
    label: 'К первой паре не напоминать',
    say: 'к первой паре не напоминать',
  });
}

export function firstBad(): Message {
  return {
    text: 'К первой паре напоминаю один раз: за время от 1 минуты до 24 часов. Например: «к первой паре за 40 минут».',
  };
}

export function examsSet(on: boolean, chat: boolean): Message {
  if (on)
    return done('Об экзаменах и консультациях напомню за день и за час.', chat, {
      label: 'Экзамены не присылать',
      say: 'экзамены не присылать',
    });
  return done('Хорошо, об экзаменах отдельно не напоминаю.', chat, {
    label: 'Экзамены присылать',
    say: 'экзамены присылать',
  });
}

export function eveningSet(at: Clock | null, chat: boolean): Message {
  if (at === null)
    return done('Хорошо, вечером ничего не присылаю.', chat, { label: 'Вечером в 19:00', say: 'вечером в 19:00' });
  return done(`Буду присылать пары на завтра в ${at}.`, chat, {
    label: 'Вечером не присылать',
    say: 'вечером не присылать',
  });
}

export function morningSet(at: Clock | null, chat: boolean): Message {
  if (at === null)
    return done('Хорошо, утром ничего не присылаю.', chat, { label: 'Утром в 07:00', say: 'утром в 07:00' });
  return done(`Буду присылать пары на сегодня в ${at}.`, chat, {
    label: 'Утром не присылать',
    say: 'утром не присылать',
  });
}

export function weekSet(week: Peer['week'], chat: boolean): Message {
  if (week === null)
    return done('Хорошо, неделю сам не присылаю.', chat, {
      label: 'Неделю в воскресенье',
      say: 'неделю в воскресенье в 18:00',
    });
  return done(`Буду присылать неделю вперёд ${ON_WEEKDAY[week.weekday]} в ${week.at}.`, chat, {
    label: 'Неделю не присылать',
    say: 'неделю не присылать',
  });
}

export function changesSet(
  { changes, horizon, muted }: Pick<Peer, 'changes' | 'horizon' | 'muted'>,
  chat: boolean,
): Message {
  if (!changes)
    return done('Хорошо, об изменениях молчу.', chat, { label: 'Присылать изменения', say: 'присылать изменения' });
  return done(`Об изменениях ${changesText(horizon, muted)}.`, chat, {
    label: 'Не присылать изменения',
    say: 'не присылать изменения',
  });
}

export function quietSet(quiet: Quiet | null, chat: boolean): Message {
  if (quiet === null)
    return done('Хорошо, пишу в любое время.', chat, { label: 'Тихо с 23:00 до 07:00', say: 'тихо с 23:00 до 07:00' });
  return done(
    `Тихо ${quietText(quiet)}: всё за это время пришлю в ${quiet.to}, сразу – только о том, что начнётся раньше.`,
    chat,
    {
      label: 'Без тихих часов',
      say: 'без тишины',
    },
  );
}

export function zoneSet(zone: Zone | null, chat: boolean): Message {
  if (zone === null)
    return done('Хорошо, время снова как в расписании.', chat, { label: 'Часовой пояс', say: 'часовой пояс' });
  return done(
    `Теперь время ${byClocksOf(zone, 'ru')}: так показываю пары, считаю тихие часы и время рассылок.`,
    chat,
    HOME_ZONE,
  );
}

/** No zone is known by these words. */
export function zoneUnknown(said: string): Message {
  return {
    text: `Не знаю часового пояса «${short(said, 40)}». Назови большой город или разницу с Москвой: «мой часовой пояс Омск», «часовой пояс мск+4».`,
    buttons: [[{ label: 'Выбрать', say: 'часовой пояс' }, HOME_ZONE]],
  };
}

export function subgroupSet(name: string, chat: boolean): Message {
  const text =
    name === ''
      ? 'Хорошо, показываю пары всех подгрупп.'
      : `Запомнил: подгруппа ${clean(name)}. Пары другой подгруппы не присылаю.`;
  return done(
    text,
    chat,
    name === '' ? { label: 'Подгруппа', say: 'подгруппа' } : { label: 'Все подгруппы', say: 'все подгруппы' },
  );
}

/** No subgroup is called so; `names` are those there are. */
export function subgroupUnknown(name: string, names: readonly string[]): Message {
  if (names.length === 0) return { text: 'В этом расписании нет подгрупп: пары общие, присылаю все.' };
  return {
    text: `Подгруппы «${short(name, 20)}» в расписании нет. Есть: ${names.map((one) => short(one, 20)).join(', ')}.`,
    buttons: [
      names
        .filter(isSayable)
        .slice(0, 5)
        .map((one) => ({ label: short(`Подгруппа ${one}`, 40), say: `подгруппа ${one}` })),
    ],
  };
}

export function hiddenSet(all: readonly Hidden[], chat: boolean): Message {
  const [first, ...others] = all;
  const back = { label: 'Показывать снова', say: first === undefined ? '' : `показывать ${hiddenWords(first)}` };
  const undo = others.length === 0 ? back : { label: 'Скрытое', say: 'скрытое' };
  return done(`Скрыл: ${namesOf(all)}. Не напоминаю и не показываю.`, chat, undo);
}

/** A name may end with a full stop of its own: «Иванов И. И.». */
function namesOf(all: readonly Hidden[]): string {
  return all
    .map((one) => clean(hiddenName(one)))
    .join(', ')
    .replace(/\.$/, '');
}

/** `hidden` null: everything that was hidden; `changes` of it were told in the last days. */
export function shownAgain(hidden: Hidden | null, changes: boolean, chat: boolean): Message {
  const text = hidden === null ? 'Хорошо, ничего больше не скрываю.' : `Снова показываю: ${namesOf([hidden])}.`;
  const news = changes ? ' За последние 14 дней там кое-что поменялось, посмотри: «изменения».' : '';
  return done(
    text + news,
    chat,
    changes ? { label: 'Изменения', say: 'изменения' } : { label: 'Скрытое', say: 'скрытое' },
  );
}

/** The words may mean any of these; `verb` is what a button begins with. */
export function hideWhich(options: readonly Hidden[], verb: 'скрыть' | 'показывать'): Message {
  return {
    text: verb === 'скрыть' ? 'Что именно скрыть?' : 'Что именно показать?',
    buttons: options
      .slice(0, 5)
      .map((one) => [{ label: short(hiddenName(one), 40), say: `${verb} ${hiddenWords(one)}` }]),
  };
}

/** Nothing in the timetable is called so. */
export function hideUnknown(what: string, near: readonly Hidden[]): Message {
  const said = `«${short(what, 40)}» в расписании нет.`;
  if (near.length === 0)
    return { text: `${said} Скрыть можно предмет, преподавателя, вид занятий («скрыть лекции») или пару по номеру.` };
  return { ...hideWhich(near, 'скрыть'), text: `${said} Может быть, ${near.length > 1 ? 'одно из этих' : 'это'}?` };
}

/** Nothing hidden is called so. */
export function unhideUnknown(what: string, hidden: readonly Hidden[]): Message {
  if (hidden.length === 0) return { text: 'Ничего не скрыто, показываю всё.' };
  return { ...hideWhich(hidden, 'показывать'), text: `«${short(what, 40)}» я не скрывал. Скрыто вот что:` };
}

/** What was set, with the keyboard of a DM, or in a chat with the way back. */
function done(text: string, chat: boolean, undo: Button): Message {
  return { text, ...keys(chat, [[undo]]) };
}
