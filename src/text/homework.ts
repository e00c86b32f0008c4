/** How homework is laid out in any language: what stands written down, and what became of writing it. */
import type { Day } from '../domain/calendar.ts';
import type { LessonLine } from '../domain/notice.ts';
import type { TimetableRef } from '../domain/view.ts';
import { capital, dotted, fit, namedDay, short, type Words, wholeHomeworkOf } from './format.ts';
import { isSayable } from './hidden.ts';
import type { Button, Message } from './message.ts';

const NAME = 60;
const SUBJECT = 60;
const LISTED = 40;
/** What a button can say: two bytes a letter, of the 255 that VK gives it. */
const SAID = 110;
/** VK: characters of a button. */
const LABEL = 40;

/** What stood there before was `replaced`; so many conversations that were told of that day already hear of it `late`. */
export type Given = { readonly replaced: boolean; readonly late: number };

export type Refusal = 'not-yours' | 'gone' | 'too-long' | 'none' | 'no-lesson' | 'several' | 'no-subject';

/** The words and sentences a language gives to homework; names and days come in already written. */
export type HomeworkWords = {
  readonly lesson: Words;
  title(name: string): string;
  readonly nothing: string;
  given(subject: string, day: string, how: Given, told: 'before' | 'late' | 'not'): string;
  taken(subject: string, day: string): string;
  refused(subject: string, why: Refusal, names: readonly string[]): string;
  readonly take: string;
  /** Asks whether to write it down; `how` is the answer in words, all there is where it has no room on a button. */
  ask(subject: string, day: string): string;
  how(day: string, button: boolean): string;
  readonly write: string;
};

/** What a language says of homework. */
export type HomeworkTexts = {
  /** Lessons with homework, in order of time. */
  homeworkList(ref: TimetableRef, lessons: readonly LessonLine[], today: Day): Message;
  homeworkGiven(lesson: LessonLine, today: Day, how: Given): Message;
  homeworkTaken(lesson: LessonLine, today: Day): Message;
  /** `homework` of the lesson is what would be written down. */
  homeworkAsk(lesson: LessonLine, today: Day): Message;
  homeworkRefused(subject: string, why: Refusal, names: readonly string[]): Message;
};

/** Homework in a language's words. */
export function homeworkTexts(words: HomeworkWords): HomeworkTexts {
  const dayOf = (day: Day, today: Day) => namedDay(day, today, words.lesson.language);
  const subjectOf = ({ subject }: LessonLine) => short(subject, SUBJECT);
  return {
    homeworkList(ref, lessons, today) {
      const title = words.title(short(ref.name, NAME));
      if (lessons.length === 0) return { text: `${title}\n\n${words.nothing}` };
      const days = Map.groupBy(lessons.slice(0, LISTED), ({ day }) => day);
      const parts = [...days].map(([day, some]) =>
        [
          capital(dayOf(day, today)),
          ...some.map((lesson) => `• ${subjectOf(lesson)}\n   ${wholeHomeworkOf(lesson, words.lesson)}`),
        ].join('\n'),
      );
      return { text: fit([title, ...parts].join('\n\n')) };
    },
    homeworkGiven(lesson, today, how) {
      const told = how.late > 0 ? 'late' : lesson.day > today ? 'before' : 'not';
      const head = words.given(subjectOf(lesson), dayOf(lesson.day, today), how, told);
      return { text: `${head}\n${wholeHomeworkOf(lesson, words.lesson)}`, buttons: takeButton(lesson, today, words) };
    },
    homeworkTaken: (lesson, today) => ({ text: words.taken(subjectOf(lesson), dayOf(lesson.day, today)) }),
    homeworkAsk(lesson, today) {
      const head = `${words.ask(subjectOf(lesson), dayOf(lesson.day, today))}\n${wholeHomeworkOf(lesson, words.lesson)}`;
      const day = dotted(lesson.day, today);
      const say = `дз ${lesson.subject} на ${day}: ${lesson.homework ?? ''}`;
      const hasRoom = isSayable(lesson.subject) && say.length <= SAID;
      const text = `${head}\n\n${words.how(day, hasRoom)}`;
      return hasRoom ? { text, buttons: [[{ label: words.write, say, color: 'positive' }]] } : { text };
    },
    homeworkRefused: (subject, why, names) => ({
      text: words.refused(
        short(subject, SUBJECT),
        why,
        names.map((name) => short(name, SUBJECT)),
      ),
    }),
  };
}

/** The button says the lesson's day, so that it takes away this one and no other. */
function takeButton({ subject, day }: LessonLine, today: Day, words: HomeworkWords): Button[][] {
  if (!isSayable(subject)) return [];
  return [[{ label: short(words.take, LABEL), say: `убрать дз ${subject} ${dotted(day, today)}` }]];
}
