/** The words of the dialogue about lessons typed by hand, in English. */
import { dialogue } from '../form.ts';
import { plural } from '../format.ts';
import { WORDS } from './words.ts';

const EXAMPLE = 'Mon 1 calculus лек Ivanov 404\nTue 2 physics лаб\nThu 10:00-11:30 law';

/** The next thing the dialogue says, in English. */
export const form = dialogue({
  lesson: WORDS,
  weekdays: {
    1: 'Monday',
    2: 'Tuesday',
    3: 'Wednesday',
    4: 'Thursday',
    5: 'Friday',
    6: 'Saturday',
    7: 'Sunday',
  },
  labels: {
    cancel: 'Cancel',
    next: 'Next',
    usualBells: 'Usual bells',
    save: 'Save',
    correct: 'Correct',
    otherWay: 'The other way',
  },
  name: (again) =>
    again
      ? 'That name will not do: letters are needed, 40 characters at most. What is the timetable called? E.g. PI-21'
      : 'What is the timetable called? E.g. PI-21',
  lines: (name, chat) =>
    `Timetable “${name}”. Send the lessons, as many lines at once as you like:\n\n${EXAMPLE}${chat ? '\n\nReply to this message, or I shall not see it.' : ''}`,
  noLines: 'I see no lessons here.',
  likeThis: `Like this:\n${EXAMPLE}`,
  tooMany: (limit) =>
    `One timetable holds at most ${limit} lessons. These lines were not taken, the earlier ones are kept.`,
  left: 'All right, nothing was saved.',
  understood: (count) => `Understood ${lessons(count)}:`,
  moreRows: (count) => `…and ${lessons(count)} more`,
  pair: (number) => `lesson ${number}`,
  parity: { odd: 'odd weeks', even: 'even weeks' },
  weeks: (numbers) => `weeks ${numbers}`,
  bad: 'Not understood:',
  why: {
    'no-day': 'no weekday',
    'no-time': 'no lesson number or time',
    'no-end': 'no end: write 10:00-11:30',
    'bad-time': 'there is no such time',
    'no-subject': 'no subject',
    'too-long': 'the line is too long',
  },
  quoted: (line) => `“${line}”`,
  moreBad: (count) => `…and ${count} more`,
  askMore:
    'Send lines to correct or add. “убрать 3” takes one out, “заново” all of them. When it is right, press “Next”.',
  usualBells: (bells) => `The usual bells?\n${bells}\n\nIf yours differ, write: 1 8:30-10:00, 2 10:10-11:40`,
  missingBells: (numbers, example) => `When is lesson ${numbers}? Write: ${example}`,
  term: (again) =>
    `${again ? 'I did not understand the dates. When are the lessons?' : 'From which day to which are the lessons?'} Press a button or write: с 1.09 по 28.12`,
  span: (start, end) => `${start} – ${end}`,
  saving: (name, count, adding) =>
    adding ? `Adding to “${name}”: ${lessons(count)}.` : `“${name}”: ${lessons(count)} a week.`,
  savingTerm: (start, end) => `Lessons from ${start} to ${end}.`,
  savingBells: (bells) => `Bells: ${bells}.`,
  savingParity: (odd, day) =>
    `${day === null ? 'This week' : `The first week, from ${day},`} is ${odd ? 'odd' : 'even'}. If not, press “The other way”.`,
  askSave: 'Save?',
});

function lessons(count: number): string {
  return `${count} ${plural(count, ['lesson', 'lessons', 'lessons'], 'en')}`;
}
