/** What the bot says in conversation, in Russian. */
import type { Clock } from '../../domain/calendar.ts';
import type { Peer } from '../../domain/peer.ts';
import type { TimetableRef } from '../../domain/view.ts';
import { clean, cut, plural, short, fit as within } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { suggestedAddresses, type TroubleFacts, trouble } from './trouble.ts';

const STORED = 'Храню номер этого диалога, группу и настройки. Стереть всё: «удалить мои данные».';
const HELP: Button = { label: 'Помощь', say: 'помощь' };
const CREATE: Button = { label: 'Создать расписание', say: 'создать расписание' };
const REMIND: Button = { label: 'Напоминать за 5 минут', say: 'напоминать за 5 минут' };
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
function before(head: string, message: Message, more: readonly (readonly Button[])[] = []): Message {
  return { ...message, text: within(`${head}\n\n${message.text}`), buttons: [...(message.buttons ?? []), ...more] };
}

function named({ name, university }: TimetableRef): string {
  return university === '' ? `«${clean(name)}»` : `«${clean(name)}», ${clean(university)}`;
}

function label({ name, university }: TimetableRef): string {
  return short(university === '' ? name : `${name} · ${university}`, 40);
}

/** What is kept and how to erase it, in one line. */
export function stored(): string {
  return STORED;
}

export function start(): Message {
  return {
    text: `Привет! Я «Звонок»: знаю расписание, напомню о паре и скажу, если что-то изменится.\n\nНапиши группу, например ПИ-21, или пришли адрес календаря (.ics).\n\n${STORED}`,
    buttons: [[CREATE, HELP]],
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
    : 'Напиши её, например ПИ-21, или пришли адрес календаря (.ics).';
  return { text: `Какая группа? ${how}`, buttons: [[CREATE, HELP]] };
}

/** The chosen timetable with its nearest day; what is stored is said unless `told`. */
export function chosen(ref: TimetableRef, day: Message, peer: Peer, told: boolean): Message {
  const sent = [
    peer.evening === null ? '' : `в ${peer.evening} пришлю пары на завтра`,
    peer.changes ? 'сразу скажу об изменениях' : '',
  ].filter((part) => part !== '');
  const promise = sent.length === 0 ? '' : ` Теперь ${sent.join(' и ')}.`;
  const stored = told ? '' : `\n${STORED}`;
  const head = `Готово: ${named(ref)}.${promise}${stored}`;
  if (peer.kind === 'chat') return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
  const remind = peer.leads.length > 0 ? '' : '\n\nНапомнить о паре? Напиши «напоминать за 5 минут».';
  return { text: within(`${head}\n\n${day.text}${remind}`), keyboard: KEYBOARD };
}

/** Several timetables of one name; `say` makes what a button says of an id. */
export function several(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  return { text: 'Таких групп несколько. Какая твоя?', buttons: column(refs, say) };
}

/** Nothing is called exactly so: asked, never assumed. */
export function close(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  const [only] = refs;
  const text =
    refs.length === 1 && only !== undefined
      ? `Ты про ${named(only)}?`
      : `Точно такой группы нет. Может быть, ${names(refs, 'или')}?`;
  return { text, buttons: column(refs, say) };
}

/** The names once each, five at most: some clients show no buttons. */
function names(refs: readonly TimetableRef[], or: string): string {
  const quoted = [...new Set(refs.map(({ name }) => `«${short(name, 40)}»`))].slice(0, 5);
  return quoted.join(', ').replace(/, (?=[^,]*$)/, ` ${or} `);
}

/** VK shows ten inline buttons in six rows: up to five names stand one a row, more of them two a row. */
function column(refs: readonly TimetableRef[], say: (id: number) => string): Button[][] {
  const all = refs.slice(0, 10).map((ref): Button => ({ label: label(ref), say: say(ref.id), color: 'primary' }));
  const width = all.length > 5 ? 2 : 1;
  return Array.from({ length: Math.ceil(all.length / width) }, (_, row) => all.slice(row * width, row * width + width));
}

export function notFound(name: string): Message {
  const said = short(name, 40);
  return {
    text: `Группы «${said}» у меня нет. Проверь название, пришли адрес календаря (.ics) или составь расписание сам: «создать расписание ${said}».`,
    buttons: [[{ label: cut(`Создать расписание ${said}`, 40), say: `создать расписание ${said}` }]],
  };
}

export function gone(): Message {
  return { text: 'Этого расписания больше нет. Напиши группу, например ПИ-21, и найду новое.' };
}

const REFUSED = 'Это может тот, кто меня добавил, или администратор беседы.';

/** Somebody without the right tried to change a chat's settings; `day` is shown all the same when they named a group. */
export function refused(day: Message | null = null): Message {
  return day === null ? { text: REFUSED } : before(REFUSED, day);
}

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
    text: 'Могу напомнить за время от 1 минуты до 24 часов, не больше четырёх раз перед парой. Например: «напоминать за 15 и 1 минуту».',
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

export function stopped(): Message {
  return {
    text: 'Хорошо, сам больше не пишу. На вопросы отвечу: «сегодня», «неделя». Включить снова: «настройки».',
    buttons: [[SETTINGS]],
  };
}

export function forgetAsk(chat: boolean): Message {
  return {
    text: `Сотру ${chat ? 'номер беседы, её группу и настройки' : 'номер диалога, группу и настройки'}. Расписания, созданные вручную, останутся, ими могут пользоваться другие. Точно?`,
    buttons: [
      [
        { label: 'Да, удалить', say: 'да, удалить мои данные', color: 'negative' },
        { label: 'Отмена', say: 'отмена' },
      ],
    ],
  };
}

export function forgotten(chat: boolean): Message {
  return { text: 'Готово, стёр. Захочешь вернуться, напиши группу.', ...(chat ? {} : { keyboard: [] }) };
}

export function calendarAdded(ref: TimetableRef, count: number, day: Message, peer: Peer, told: boolean): Message {
  const found = `${count} ${plural(count, ['занятие', 'занятия', 'занятий'])}`;
  const stored = told ? '' : `\n${STORED}`;
  const head = `Прочитал календарь ${named(ref)}: ${found}. Буду следить за ним.${stored}`;
  return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
}

export function calendarFailed(problem: TroubleFacts): Message {
  return { text: trouble(problem), buttons: suggestedAddresses(problem) };
}
