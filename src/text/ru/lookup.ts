/** What the bot says while a university's timetable is read for the first time, and when it can not be, in Russian. */
import type { Peer } from '../../domain/peer.ts';
import type { Offered, OfferId, TimetableRef } from '../../domain/view.ts';
import { short } from '../format.ts';
import type { Message } from '../message.ts';
import { column, type UnreadFacts, unreadMessage } from '../offer.ts';
import { keys, named, silent, withStored } from './talk.ts';

const BY_DETAIL: Readonly<Record<string, string>> = {
  'refused no-term': 'мне ещё не сказали, когда начался семестр',
  'refused source-off': 'этот университет у меня сейчас выключен',
  'not-published another-term': 'университет показывает ещё прошлый семестр',
};
const BY_KIND: Readonly<Record<string, string>> = {
  unreachable: 'сайт университета сейчас не отвечает',
  blocked: 'сайт университета меня не пускает',
  changed: 'сайт университета ответил не тем, что я умею читать',
  'unknown-param': 'на сайте университета его сейчас нет',
  'not-published': 'университет его ещё не опубликовал',
  'too-big': 'сайт университета прислал слишком много',
};

/** Why a university's timetable could not be read: part of a sentence. */
export function whyUnread({ kind, detail }: UnreadFacts): string {
  return BY_DETAIL[`${kind} ${detail}`] ?? BY_KIND[kind] ?? 'что-то пошло не так';
}

export function reading(ref: TimetableRef): Message {
  return { text: `Читаю расписание ${named(ref)}. Пришлю, как только прочитаю.` };
}

/** It could not be read for somebody who only looked. */
export function unread(ref: TimetableRef, problem: UnreadFacts): Message {
  const again = problem.kind === 'unknown-param' ? '' : ' Спроси меня позже.';
  const text = `Расписание ${named(ref)} прочитать не получилось: ${whyUnread(problem)}.${again}`;
  return unreadMessage(text, problem.suggestions, 'Может быть, нужно другое?');
}

/** The chosen timetable that is not read yet, `problem` says why when it can not be. */
export function chosenUnread(ref: TimetableRef, problem: UnreadFacts | null, peer: Peer, told: boolean): Message {
  const then =
    problem === null
      ? 'Читаю расписание и пришлю, как только прочитаю.'
      : `Прочитать расписание пока не получилось: ${whyUnread(problem)}. Пришлю, как только получится.`;
  const message = { text: `Готово: ${named(ref)}. ${then}${silent(peer)}`, ...keys(peer.kind === 'chat', []) };
  return told ? message : withStored(message);
}

/** The address of a university's site was pasted: it is known, the group is not. */
export function whichGroupOf(universities: readonly string[]): Message {
  const known = universities.map((name) => short(name, 60)).join(' или ');
  return { text: `Узнал: это ${known}. Какая группа? Напиши её название, например ПИ-21.` };
}

/** Teachers and rooms that are called so exactly are not there. */
export function notListed(
  kind: 'teacher' | 'room',
  name: string,
  near: readonly Offered[],
  say: (id: OfferId) => string,
): Message {
  const said = short(name, 40);
  const text =
    kind === 'teacher'
      ? `Преподавателя «${said}» у меня нет. Напиши фамилию, можно с инициалами.`
      : `Аудитории «${said}» у меня нет. Напиши её так, как на сайте университета.`;
  return { text, buttons: column(near.slice(0, 5), say) };
}

/** A view of a teacher or a room, with a button that follows them. */
export function followable(view: Message, id: number): Message {
  return { ...view, buttons: [...(view.buttons ?? []), [{ label: 'Следить', say: `выбрать ${id}` }]] };
}

/** The words are a timetable's title, and ask about another one too; `say` makes what a button says of an id. */
export function titleOrAsked(
  titled: readonly Offered[],
  asked: readonly Offered[],
  say: (id: OfferId) => string,
): Message {
  const [title = ''] = titled.map(({ name }) => `«${short(name, 40)}»`);
  const [other = ''] = asked.map(({ name }) => `«${short(name, 40)}»`);
  return {
    text: `Есть расписание ${title}, и есть ${other}. Про какое ты?`,
    buttons: column([...titled, ...asked], say),
  };
}
