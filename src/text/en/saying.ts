/** The words of what the bot sends by itself, in English. */

import type { Doubt } from '../../domain/verdict.ts';
import { voice } from '../saying.ts';
import { changes } from './changes.ts';
import { whyUnread } from './lookup.ts';
import { reminding } from './reminding.ts';
import { SOURCE_WORDS } from './sources.ts';
import { WORDS } from './words.ts';

const HELD: Readonly<Record<Doubt, string>> = {
  empty: 'the source sent an empty timetable though lessons lay ahead.',
  unreadable: 'many rows of the source’s page could not be read.',
  shrunk: 'more than a third of the lessons vanished from the source at once.',
  gap: 'a whole week vanished from the source.',
  shifted: 'all lessons in the source moved by the same amount of time.',
  week: 'all lessons in the source moved to another week.',
  foreign: 'most lessons in the source are other ones now, as if it were another group’s timetable.',
};

/** A saying in English. */
export const say = voice({
  lesson: WORDS,
  sources: SOURCE_WORDS,
  labels: { accept: 'Accept', week: 'Week' },
  reminding,
  changes,
  ready: (title) => `I have read the timetable “${title}”.`,
  nothing: 'There are no lessons ahead yet.',
  unread: (title, why, follows) =>
    `The timetable “${title}” could not be read so far: ${why}.${follows ? ' I shall send it as soon as it can.' : ''}`,
  why: whyUnread,
  perhaps: 'Perhaps another one?',
  moved: (title) =>
    title === null
      ? 'One of your chats with me has moved to MAX: I can no longer write there.'
      : `The chat where I sent the timetable “${title}” has moved to MAX: I can no longer write there. Want it here? Write “${title}”.`,
  sending: {
    'chats-closed': (_, why) =>
      `⚠️ VK does not let me into chats (${why}). Switch on “Manage → Messages → Bot settings → Bot capabilities” in the community. People hear from me as usual.`,
    'chats-open': (since) => `VK lets me into chats again; it had not since ${since}.`,
    open: (since, why) =>
      `Messages go out again; since ${since} VK had refused everything: ${why}. What is not too late is on its way.`,
  },
  held: (title, reason) => `Timetable “${title}”: ${HELD[reason]} I keep the previous one and go on checking.`,
});
