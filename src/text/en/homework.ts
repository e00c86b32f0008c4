/** The words of homework, in English. */
import { homeworkTexts } from '../homework.ts';
import { WORDS } from './words.ts';

export const { homeworkList, homeworkGiven, homeworkTaken, homeworkAsk, homeworkRefused } = homeworkTexts({
  lesson: WORDS,
  title: (name) => `Homework · ${name}`,
  nothing: 'Nothing is written down ahead. Whoever keeps the timetable writes it like this: “дз матан: №5–7”.',
  given(subject, day, { replaced }, told) {
    const next = {
      before: 'I shall show it beside the lesson and remind the evening before.',
      late: 'I shall show it beside the lesson, and in three minutes tell those who should have been told before.',
      not: 'I shall show it beside the lesson.',
    };
    return `${replaced ? 'Replaced' : 'Written down'}: ${subject}, ${day}. ${next[told]}`;
  },
  taken: (subject, day) => `Homework taken away: ${subject}, ${day}.`,
  refused(subject, why, names) {
    switch (why) {
      case 'not-yours':
        return "Homework is written down by whoever added this timetable and by those they appointed; for a university's the bot's operator appoints them. You can make your own: “создать расписание ПИ-21”.";
      case 'gone':
        return 'This timetable is gone. Type a group, e.g. ПИ-21, and I shall find another.';
      case 'too-long':
        return 'Too long: homework has room for 300 characters. Shorten it and send it again.';
      case 'no-subject':
        return 'For which subject? Say it, too: “дз матан: №5–7”.';
      case 'none':
        return `No homework for “${subject}” is written down ahead.`;
      case 'several':
        return `“${subject}” may be ${names.map((name) => `“${name}”`).join(' or ')}. Be more exact: “дз ${names[0] ?? 'матан'}: №5–7”.`;
      case 'no-lesson':
        return names.length === 0
          ? `I see no lesson “${subject}”, so there is nowhere to write homework.`
          : `I see no lesson “${subject}” to write it down for. There are ${names.map((name) => `“${name}”`).join(', ')}.`;
    }
  },
  ask: (subject, day) => `Shall I write it down? ${subject}, ${day}.`,
  how: (day, button) =>
    `If so, ${button ? 'press the button or ' : ''}say it with a colon: “дз subject на ${day}: what to do”.`,
  write: 'Write it down',
  take: 'Take it away',
});
