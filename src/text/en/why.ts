/** The words of “why”, in English. */
import { whyTexts } from '../why.ts';
import { minutesText } from './wishes.ts';
import { WORDS } from './words.ts';

const BEFORE = {
  each: 'the lesson',
  first: 'the first lesson',
  exam: 'the exam or consultation',
  meeting: 'the meeting',
} as const;
const SAID = {
  evening: (day: string) => `lessons of ${day}`,
  morning: (day: string) => `lessons of ${day}`,
  week: (day: string) => `the week from ${day}`,
  homework: (day: string) => `homework for ${day}`,
  changes: (count: string) => `changes (${count})`,
  'follow-up': (subject: string) => `correction: ${subject}`,
  ready: (title: string) => `timetable “${title}”`,
  unread: (title: string) => `timetable “${title}”`,
  moved: (title: string) => (title === '' ? 'a chat' : `the chat with “${title}”`),
  held: (title: string) => `timetable “${title}”`,
  calendar: (title: string) => `calendar “${title}”`,
  source: (name: string) => `source ${name}`,
  sending: () => 'about sending to VK',
} as const;

export const { why, whyLesson } = whyTexts({
  lesson: WORDS,
  near: { yesterday: 'yesterday', today: 'today', tomorrow: 'tomorrow' },
  heads: { past: 'What I sent, the latest first:', next: 'What comes next:', unannounced: 'No reminder today:' },
  noPast: 'I have sent nothing lately.',
  noNext: 'Nothing comes next: all is switched off, or there are no lessons ahead.',
  lessonAt: (subject, day, clock) => (day === null ? `${subject} at ${clock}` : `${subject}, ${day} at ${clock}`),
  more: (count) => `and ${count} more`,
  said: (kind, detail) => SAID[kind](detail),
  wanted: ({ what, minutes }) =>
    minutes === 0
      ? 'as the lesson starts'
      : `${minutes === 1440 ? 'a day' : minutesText(minutes)} before ${BEFORE[what]}`,
  because: {
    evening: 'every evening',
    morning: 'every morning',
    week: 'once a week',
    homework: 'the evening before',
    changes: 'the timetable changed',
    'follow-up': 'a reminder was no longer right',
    ready: 'you waited for it',
    unread: 'you waited for it',
    moved: 'it moved to MAX',
    held: 'a reading looked wrong',
    calendar: 'it failed or is read again',
    source: 'it is in trouble or well again',
    sending: 'VK had stopped it',
  },
  late: (minutes) => `${minutesText(minutes).replace(/ minutes?$/, ' min')} late`,
  held: 'after quiet hours',
  fate(fate, why) {
    switch (fate) {
      case 'waiting':
        return 'on its way';
      case 'expired':
        return 'not sent: it was too late';
      case 'asleep':
        return 'not delivered: I was not allowed to write here';
      case 'refused':
        return 'not delivered: VK did not take it';
      case 'withdrawn':
        if (why === 'cancelled') return 'not sent: the lesson was cancelled';
        return why === 'changed' ? 'not sent: the timetable changed' : 'not sent: the settings changed';
    }
  },
  silences: {
    subgroup: 'it is another subgroup’s',
    hidden: 'hidden in the settings',
    off: 'reminders before lessons are off',
    cancelled: 'the lesson was cancelled',
    'all-day': 'it lasts all day and has no hour',
    joined: 'told together with the lesson before it',
    'not-first': 'only the first lesson of the day is announced',
  },
  about: (subject, day, clock) => `${subject}, ${day} at ${clock}`,
  notReminded: (reason) => `No reminder: ${reason}.`,
  sentAt: (clock) => `sent ${/^\d/.test(clock) ? 'at ' : ''}${clock}`,
  comes: (clock) => `comes ${/^\d/.test(clock) ? 'at ' : ''}${clock}`,
  untold: 'not sent: the settings or the timetable were different then',
  noLesson: (name) =>
    name === ''
      ? 'I see no lessons these days, so there is nothing to remind of.'
      : `I see no lesson called “${name}” these days. Ask like this: “why no reminder about maths”.`,
  labels: {
    why: 'What was sent',
    missed: 'Why no reminder?',
    settings: 'Settings',
    hidden: 'Hidden',
    subgroup: 'Subgroup',
    remind: 'Remind 15 minutes before',
  },
});
