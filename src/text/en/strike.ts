/** What is said of one lesson that is cancelled by hand, and of not being woken, in English. */
import { strikeTexts } from '../strike.ts';
import { listed } from './wishes.ts';
import { WORDS } from './words.ts';

export const { strikeAsk, struck, strikeRefused, strikeRefusedBriefly, strikeNoMove, wakeAsk } = strikeTexts({
  lesson: WORDS,
  no: 'Cancel',
  verbs: { cancel: 'Call it off', restore: 'Bring it back' },
  ask: (deed, lesson, name, typed) =>
    `${deed === 'cancel' ? 'Call off' : 'Bring back'}: ${lesson}? I shall tell everybody who follows “${name}”. Answer by a button or say “${typed}”.`,
  which: (deed, day) => `Which lesson to ${deed === 'cancel' ? 'call off' : 'bring back'}? There are, ${day}:`,
  done: (deed, lesson, name) =>
    `${deed === 'cancel' ? 'Called off' : 'Brought back'}: ${lesson}. In a few minutes I shall tell everybody who follows “${name}”.`,
  refused(why, name, names) {
    switch (why) {
      case 'site':
        return `The lessons of “${name}” come from a site or a file and are called off and moved there: I shall see it and say so. If only you do not need one, say “скрыть” and the subject.`;
      case 'not-yours':
        return `A lesson of “${name}” is called off by whoever made this timetable. If only you do not need it, say “скрыть” and the subject.`;
      case 'gone':
        return `There is no such lesson in “${name}” any more. “неделя” shows those there are.`;
      case 'no-lesson':
        return names.length === 0
          ? 'There are no such lessons then. Name a subject and a day: “отмени физику завтра”, “верни физику завтра”.'
          : `There is no such lesson then. There are ${listed(names.map((one) => `“${one}”`))}.`;
    }
  },
  briefly: (why) =>
    why === 'gone'
      ? 'There is no such lesson any more.'
      : 'Only whoever made this timetable calls a lesson off or brings it back.',
  noMove: 'I can not move or change a single lesson yet. I can call it off: “отмени физику завтра”.',
  wake: (until, morning) =>
    `Quiet at night, until ${until}? What comes meanwhile I shall tell afterwards, and of a lesson that begins earlier in time.${morning ? ' Or no lessons sent in the morning?' : ''}`,
  buttons: {
    yes: (deed) => (deed === 'cancel' ? 'Yes, call it off' : 'Yes, bring it back'),
    quiet: (until) => `Quiet from 23:00 to ${until}`,
    hours: 'Other quiet hours',
    noMorning: 'Nothing in the morning',
    noFirst: 'Not before the first lesson',
  },
});
