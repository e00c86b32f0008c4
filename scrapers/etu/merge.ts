/** Meetings -> weekly lessons: the site stores a class once a parity, once a teacher and once a room. */
import type { RawLesson, Term } from '#source';
import type { Meeting } from './meeting.ts';
import { weeksBetween } from './term.ts';

export function lessonsOf(meetings: readonly Meeting[], term: Term): readonly RawLesson[] {
  const classes = Map.groupBy(meetings, (one) =>
    JSON.stringify([
      one.weekday,
      one.slot.start,
      one.slot.end,
      one.subject,
      one.kind,
      one.link,
      one.note,
      one.distance,
    ]),
  );
  return [...classes.values()].flatMap((same) => {
    const weeks = [...Map.groupBy(same, ({ week }) => week)].sort(([a], [b]) => a - b);
    const told = weeks.map(([week, held]) => ({
      week,
      held,
      who: JSON.stringify([teachers(held), rooms(held), isChanged(held)]),
    }));
    return [...Map.groupBy(told, ({ who }) => who).values()].map((alike) =>
      lessonOf(
        alike.flatMap(({ held }) => held),
        alike.map(({ week }) => week),
        term,
      ),
    );
  });
}

function teachers(held: readonly Meeting[]): readonly string[] {
  return [...new Set(held.flatMap((one) => one.teachers))];
}

function isChanged(held: readonly Meeting[]): boolean {
  return held.some(({ changed }) => changed);
}

function rooms(held: readonly Meeting[]): readonly string[] {
  return [...new Set(held.map(({ room }) => room))].filter((room) => room !== '');
}

function lessonOf(held: readonly Meeting[], weeks: readonly number[], term: Term): RawLesson {
  // A group of meetings is never empty; its first one tells what all share.
  const [one] = held as readonly [Meeting, ...Meeting[]];
  const room = one.distance ? 'Дистанционно' : rooms(held).join(', ');
  const groups = [...new Set(held.map(({ group }) => group))].filter((group) => group !== '');
  const note = [one.note, groups.join(', ')].filter((line) => line !== '').join('\n');
  return {
    weekday: String(one.weekday),
    weeks: weeksText(weeks, weeksBetween(term, one.weekday, term.start, term.end)),
    start: one.slot.start,
    end: one.slot.end,
    number: one.slot.number,
    subject: one.subject,
    kind: one.kind,
    teachers: teachers(held),
    ...(room === '' ? {} : { room }),
    ...(one.link === '' ? {} : { link: one.link }),
    ...(note === '' ? {} : { note }),
    ...(isChanged(held) ? { changed: true } : {}),
  };
}

/** '' for every week of the term, «нечёт» and «чёт» for its halves, else the numbers. */
function weeksText(weeks: readonly number[], all: readonly number[]): string {
  const [said, odd, even] = [weeks, all.filter((week) => week % 2 !== 0), all.filter((week) => week % 2 === 0)].map(
    String,
  );
  if (said === String(all)) return '';
  if (said === odd) return 'нечёт';
  return said === even ? 'чёт' : weeks.join(',');
}
