/** “status” in English. */
import type { BotState } from '../../domain/bot-state.ts';
import type { Message } from '../message.ts';
import { type StateWords, stateText } from '../state.ts';

const WORDS: StateWords = {
  units: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  decimal: '.',
  kinds: {
    reminder: 'reminders',
    'follow-up': 'corrections',
    evening: 'evening digests',
    morning: 'morning digests',
    week: 'week digests',
    homework: 'homework',
    changes: 'changes',
    ready: '“timetable is ready”',
    unread: '“timetable cannot be read”',
    moved: 'about moved chats',
    held: 'about what is held',
    calendar: 'about calendars',
    source: 'about sources',
    sending: 'about sending',
  },
  labels: { sources: 'Sources', again: 'Refresh' },
  day: 'In 24 hours',
  week: 'In a week',
  sent: (when, peers, p50, p95, p99) =>
    `${when} ${peers} sent: half within ${p50}, 95% within ${p95}, 99% within ${p99}.`,
  nothing: (when) => `${when} nothing was sent.`,
  beyond: (longest) => `more than ${longest}`,
  queue: (waiting, leased, due) => `Batches queued: ${waiting}, due by now: ${due}, on their way: ${leased}.`,
  emptyQueue: () => 'The queue is empty.',
  overdue: (time) => `The oldest has waited ${time}.`,
  slack: (time) => `${time} until the nearest deadline.`,
  tooLate: () => 'The nearest deadline has passed.',
  expired: (parts) => `Too late and not sent, since ever: ${parts}.`,
  noneExpired: () => 'Nothing came too late.',
  asleep: (count) => `Cannot be written to until they write: ${count}.`,
  feeds: (all, failing, held) => `Timetables from sources ${all}: failing ${failing}, held ${held}.`,
  halted: (why) => `⚠️ Nothing is sent, VK answers: ${why}.`,
  calls: (aSecond) => `VK calls a second in the last minute: ${aSecond} (limit 20).`,
  refused: (parts) => `Refusals since the start: ${parts}.`,
  refusals: {
    slow: 'wait',
    retry: 'try again',
    halt: 'community has no rights',
    'chats-off': 'chats are off',
    gone: 'closed to us',
    'until-writes': 'until they write',
    bug: 'our mistake',
    split: 'too big',
  },
};

export function botState(state: BotState): Message {
  return stateText(state, WORDS);
}
