/** The short mark of a lesson that has changed lately: what it was before. */
import type { Mark, Shown } from '../domain/marks.ts';
import { type LessonLine, line } from '../domain/notice.ts';
import type { ChangeWords } from './changes.ts';
import { cut, hours, kindOf, placeOf, short, teachersOf, weekdayName } from './format.ts';

/** What a mark may take of the second line. */
const LONGEST = 40;
const SUBJECT = 24;
const TEACHERS = 24;
const ROOM = 12;

/** What a language says of what a lesson was. */
export type MarkWords = {
  readonly changes: Pick<ChangeWords, 'lesson' | 'became' | 'formats'>;
  /** «перенесена с 10:00»; `kind` is the lesson's, which verbs agree with. */
  moved(kind: string, from: string): string;
  /** A room, a format, an hour, a kind or a subject that it was. */
  was(what: string): string;
  /** Who taught it. */
  taught(teachers: string): string;
  /** What stands here was not known before. */
  readonly known: Readonly<Record<'place' | 'teacher' | 'kind', string>>;
};

type Altered = Extract<Mark, { kind: 'altered' }>;

/** The mark of a lesson in a view, '' when it has none. */
export function markOf(lesson: Shown, words: MarkWords): string {
  const { mark } = lesson;
  if (mark === undefined) return '';
  if (mark.kind !== 'altered') return words.changes.became(mark.kind, lesson.kind);
  const [first = '', ...more] = partsOf(mark, line(lesson), words);
  return more.reduce((told, one) => (told.length + one.length + 2 > LONGEST ? told : `${told}, ${one}`), first);
}

/** The most important first: where and when one would go in vain. */
function partsOf({ before, what }: Altered, now: LessonLine, words: MarkWords): string[] {
  const { lesson } = words.changes;
  const was = { ...before, room: short(before.room, ROOM) };
  const isElsewhere = what.includes('room') || what.includes('format');
  const told = [
    what.includes('time') ? movedFrom(was, now, words) : '',
    isElsewhere
      ? or(
          placeOf(was, lesson) || (what.includes('format') ? words.changes.formats[was.format] : ''),
          words.known.place,
          words,
        )
      : '',
    what.includes('subject') ? words.was(short(was.subject, SUBJECT)) : '',
    what.includes('teacher') ? taughtBy(was, words) : '',
    what.includes('kind') ? or(kindOf(was, lesson), words.known.kind, words) : '',
  ];
  return told.filter((part) => part !== '');
}

function or(was: string, known: string, words: MarkWords): string {
  return was === '' ? known : words.was(was);
}

function taughtBy(was: LessonLine, words: MarkWords): string {
  const teachers = cut(teachersOf(was), TEACHERS);
  return teachers === '' ? words.known.teacher : words.taught(teachers);
}

function movedFrom(was: LessonLine, now: LessonLine, words: MarkWords): string {
  const { lesson } = words.changes;
  const clock = was.allDay ? lesson.allDay : was.start;
  if (was.day !== now.day) return words.moved(now.kind, `${weekdayName(was.day, lesson.language)} ${clock}`);
  // Only its end is another.
  if (was.start === now.start || was.allDay) return words.was(hours(was, lesson));
  return words.moved(now.kind, clock);
}
