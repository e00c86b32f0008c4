/** What the bot says while a university's timetable is read for the first time, and when it can not be, in English. */
import type { Peer } from '../../domain/peer.ts';
import type { Offered, OfferId, TimetableRef } from '../../domain/view.ts';
import { short } from '../format.ts';
import type { Message } from '../message.ts';
import { column, type UnreadFacts, unreadMessage } from '../offer.ts';
import { keys, named, silent, withStored } from './talk.ts';

const BY_DETAIL: Readonly<Record<string, string>> = {
  'refused no-term': 'nobody told me yet when the term began',
  'refused source-off': 'this university is switched off at present',
  'not-published another-term': 'the university still shows the past term',
};
const BY_KIND: Readonly<Record<string, string>> = {
  unreachable: 'the university’s site does not answer now',
  blocked: 'the university’s site does not let me in',
  changed: 'the university’s site answered in a form I can not read',
  'unknown-param': 'the university’s site does not have it at present',
  'not-published': 'the university has not published it yet',
  'too-big': 'the university’s site sent too much',
};

/** Why a university's timetable could not be read: part of a sentence. */
export function whyUnread({ kind, detail }: UnreadFacts): string {
  return BY_DETAIL[`${kind} ${detail}`] ?? BY_KIND[kind] ?? 'something went wrong';
}

export function reading(ref: TimetableRef): Message {
  return { text: `I am reading the timetable of ${named(ref)}. I shall send it as soon as it is read.` };
}

/** It could not be read for somebody who only looked. */
export function unread(ref: TimetableRef, problem: UnreadFacts): Message {
  const again = problem.kind === 'unknown-param' ? '' : ' Ask me later.';
  const text = `The timetable of ${named(ref)} could not be read: ${whyUnread(problem)}.${again}`;
  return unreadMessage(text, problem.suggestions, 'Perhaps another one?');
}

/** The chosen timetable that is not read yet, `problem` says why when it can not be. */
export function chosenUnread(ref: TimetableRef, problem: UnreadFacts | null, peer: Peer, told: boolean): Message {
  const then =
    problem === null
      ? 'I am reading the timetable and shall send it as soon as it is read.'
      : `The timetable could not be read so far: ${whyUnread(problem)}. I shall send it as soon as it can.`;
  const message = { text: `Done: ${named(ref)}. ${then}${silent(peer)}`, ...keys(peer.kind === 'chat', []) };
  return told ? message : withStored(message);
}

/** The address of a university's site was pasted: it is known, the group is not. */
export function whichGroupOf(universities: readonly string[]): Message {
  const known = universities.map((name) => short(name, 60)).join(' or ');
  return { text: `I know this site: ${known}. Which group? Write its name, ПИ-21 for example.` };
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
      ? `I know no teacher “${said}”. Write the surname, with initials if you like.`
      : `I know no room “${said}”. Write it as the university’s site does.`;
  return { text, buttons: column(near.slice(0, 5), say) };
}

/** A view of a teacher or a room, with a button that follows them. */
export function followable(view: Message, id: number): Message {
  return { ...view, buttons: [...(view.buttons ?? []), [{ label: 'Follow', say: `выбрать ${id}` }]] };
}

export function titleOrAsked(
  titled: readonly Offered[],
  asked: readonly Offered[],
  say: (id: OfferId) => string,
): Message {
  const [title = ''] = titled.map(({ name }) => `“${short(name, 40)}”`);
  const [other = ''] = asked.map(({ name }) => `“${short(name, 40)}”`);
  return {
    text: `There is a timetable ${title}, and there is ${other}. Which one?`,
    buttons: column([...titled, ...asked], say),
  };
}
