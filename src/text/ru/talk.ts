/** What the bot says in conversation, in Russian. */
import { isSilent, type Peer } from '../../domain/peer.ts';
import type { Offered, OfferId, TimetableRef } from '../../domain/view.ts';
import { clean, cut, LONGEST, short, fit as within } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { column, label, sortOf } from '../offer.ts';
import { listed, minutesText } from './wishes.ts';

export const STORED: string = 'Храню номер этого диалога, группу и настройки. Стереть всё: «удалить мои данные».';
const HELP: Button = { label: 'Помощь', say: 'помощь' };
const CREATE: Button = { label: 'Создать расписание', say: 'создать расписание' };
export const REMIND: Button = { label: 'Напоминать за 5 минут', say: 'напоминать за 5 минут' };
const ROLES: readonly Button[] = [
  { label: 'Я преподаватель', say: 'я преподаватель' },
  { label: 'Я родитель', say: 'я родитель' },
];
const SETTINGS: Button = { label: 'Настройки', say: 'настройки' };
const KEYBOARD: readonly (readonly Button[])[] = [
  [
    { label: 'Сегодня', say: 'сегодня', color: 'primary' },
    { label: 'Завтра', say: 'завтра', color: 'primary' },
  ],
  [{ label: 'Неделя', say: 'неделя' }, SETTINGS],
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
  return university === '' ? `«${clean(name)}»` : `«${clean(name)}», ${clean(university)}`;
}

/** A message with what is kept and how to erase it said under it, once. */
export function withStored(message: Message): Message {
  if (message.text.includes(STORED)) return message;
  return { ...message, text: `${within(message.text, LONGEST - STORED.length - 2)}\n\n${STORED}` };
}

export function start(): Message {
  return {
    text: `Привет! Я «Звонок»: знаю расписание, напомню о паре и скажу, если что-то изменится.\n\nНапиши группу, например ПИ-21, или пришли календарь (.ics) или таблицу (.xlsx).\n\n${STORED}`,
    buttons: [ROLES, [CREATE, HELP]],
  };
}

/** The one question to a chat the bot was added to; `offers` are timetables of the person who added it. */
export function greeting(offers: readonly TimetableRef[]): Message {
  return {
    text: `Привет! Я «Звонок»: вечером пришлю пары на завтра и сразу скажу, если что-то изменится.\n\nКакая у вас группа? ${offers.length > 0 ? 'Нажми кнопку, ответь' : 'Ответь'} на это сообщение или напиши «/ПИ-21».\n\n${STORED}`,
    buttons: [
      ...offers.slice(0, 3).map((ref) => [{ label: label(ref), say: `выбрать ${ref.id}`, color: 'primary' } as const]),
      [CREATE, HELP],
    ],
  };
}

export function askGroup(chat: boolean): Message {
  const how = chat
    ? 'Ответь на это сообщение или напиши «/ПИ-21».'
    : 'Напиши её, например ПИ-21, или пришли календарь (.ics) или таблицу (.xlsx).';
  return { text: `Какая группа? ${how}`, buttons: [[CREATE, HELP]] };
}

/** The chosen timetable with its nearest day; what is stored is said unless `told`. */
export function chosen(ref: TimetableRef, day: Message, peer: Peer, told: boolean): Message {
  const stored = told ? '' : `\n${STORED}`;
  const head = `Готово: ${named(ref)}.${sentNow(peer)}${stored}`;
  if (peer.kind === 'chat') return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
  const remind =
    peer.leads.length > 0 || peer.role === 'parent' ? '' : '\n\nНапомнить о паре? Напиши «напоминать за 5 минут».';
  return { text: within(`${head}\n\n${day.text}${remind}`), keyboard: KEYBOARD };
}

/** What is sent by itself from now on, as one sentence with a space before it; '' when nothing is worth saying. */
export function sentNow(peer: Peer): string {
  const sent = [
    peer.firstLead === null ? '' : `за ${minutesText(peer.firstLead)} до первой пары напомню`,
    peer.evening === null ? '' : `в ${peer.evening} пришлю пары на завтра`,
    peer.changes ? 'сразу скажу об изменениях' : '',
    peer.meetings ? 'о собраниях напомню за день и за час' : '',
  ].filter((part) => part !== '');
  return sent.length === 0 ? silent(peer) : ` Теперь ${listed(sent)}.`;
}

/** Said where a timetable is chosen by somebody who has switched everything off. */
export function silent(peer: Peer): string {
  if (!isSilent(peer)) return '';
  return ' Сам ничего не присылаю, как ты просил. Включить: «присылать изменения» или «вечером в 19:00».';
}

const SEVERAL = {
  group: 'Таких групп несколько. Какая твоя?',
  teacher: 'Таких преподавателей несколько. Кто нужен?',
  room: 'Таких аудиторий несколько. Какая нужна?',
  any: 'Нашлось несколько. Что нужно?',
} as const;
const NOT_EXACTLY = {
  group: 'Точно такой группы нет.',
  teacher: 'Точно такого преподавателя нет.',
  room: 'Точно такой аудитории нет.',
  any: 'Точно такого нет.',
} as const;

/** Several timetables of one name; `say` makes what a button says of an id. */
export function several(refs: readonly Offered[], say: (id: OfferId) => string): Message {
  const sort = sortOf(refs) ?? 'any';
  // As many as there is room for: the one meant may be the eleventh.
  const more = sort === 'teacher' && refs.length >= 10 ? ' Если нужного здесь нет, напиши с именем и отчеством.' : '';
  return { text: SEVERAL[sort] + more, buttons: column(refs, say) };
}

/** Nothing is called exactly so: asked, never assumed. */
export function close(refs: readonly Offered[], say: (id: OfferId) => string): Message {
  const [only] = refs;
  const text =
    refs.length === 1 && only !== undefined
      ? `Ты про ${named(only)}?`
      : `${NOT_EXACTLY[sortOf(refs) ?? 'any']} Может быть, ${names(refs, 'или')}?`;
  return { text, buttons: column(refs, say) };
}

/** The names once each, five at most: some clients show no buttons. */
function names(refs: readonly Offered[], or: string): string {
  const quoted = [...new Set(refs.map(({ name }) => `«${short(name, 40)}»`))].slice(0, 5);
  return quoted.join(', ').replace(/, (?=[^,]*$)/, ` ${or} `);
}

/** `near` has the same letters and other digits: offered, never assumed; `say` makes what a button says of an id. */
export function notFound(name: string, near: readonly Offered[] = [], say?: (id: OfferId) => string): Message {
  const said = short(name, 40);
  const make: Button = { label: cut(`Создать расписание ${said}`, 40), say: `создать расписание ${said}` };
  if (near.length > 0 && say !== undefined)
    return {
      text: `Группы «${said}» у меня нет. Есть ${names(near, 'и')}. Нужно другое? Пришли календарь (.ics), таблицу (.xlsx) или составь расписание сам.`,
      buttons: [...column(near.slice(0, 5), say), [make]],
    };
  return {
    text: `Группы «${said}» у меня нет. Проверь название, пришли календарь (.ics), таблицу (.xlsx) или составь расписание сам: «создать расписание ${said}».`,
    buttons: [[make]],
  };
}

export function gone(): Message {
  return { text: 'Этого расписания больше нет. Напиши группу, например ПИ-21, и найду новое.' };
}

const REFUSED =
  'Это может тот, кто меня добавил, или администратор беседы. Ты администратор? Назначь администратором и меня, чтобы я это видел.';

/** Somebody without the right tried to change a chat's settings; `day` is shown all the same when they named a group. */
export function refused(day: Message | null = null): Message {
  return day === null ? { text: REFUSED } : before(REFUSED, day);
}

/** The same for a press: VK shows 90 characters of it, to the presser alone. */
export function refusedBriefly(): string {
  return 'Может тот, кто меня добавил, или администратор беседы, если я сам в ней администратор.';
}

export function stopped(): Message {
  return {
    text: 'Хорошо, сам больше не пишу. На вопросы отвечу: «сегодня», «неделя». Включить снова: «настройки».',
    buttons: [[SETTINGS]],
  };
}

export function forgetAsk(chat: boolean): Message {
  return {
    text: `Сотру ${chat ? 'номер беседы, её группу и настройки' : 'номер диалога, группу и настройки'}. Расписания, созданные вручную, останутся, ими могут пользоваться другие.${chat ? '' : ' Счёт просьб прочитать сайт сотрётся сам, не позже чем через два часа: иначе лимит можно было бы обнулять.'} Точно?`,
    buttons: [
      [{ label: 'Да, удалить мои данные', say: 'да, удалить мои данные', color: 'negative' }],
      [{ label: 'Отмена', say: 'отмена' }],
    ],
  };
}

export function forgotten(chat: boolean): Message {
  return { text: 'Готово, стёр. Захочешь вернуться, напиши группу.', ...(chat ? {} : { keyboard: [] }) };
}
