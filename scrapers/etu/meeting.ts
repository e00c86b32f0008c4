/** One stored class -> its meetings week by week, with the teacher and the room of that very week. */
import { addDays, type Day, type Fields, fieldIn, isFields, type Term, textOf, type Weekday, weekday } from '#source';
import { type Slot, slotOf } from './bells.ts';
import { dayOf, weeksBetween } from './term.ts';

export type Meeting = {
  /** Academic week. */
  readonly week: number;
  readonly weekday: Weekday;
  readonly slot: Slot;
  readonly subject: string;
  readonly kind: string;
  readonly link: string;
  readonly note: string;
  readonly distance: boolean;
  readonly teachers: readonly string[];
  readonly room: string;
  /** The site itself says that another teacher or another room is for this week. */
  readonly changed: boolean;
  /** '' in a group's own timetable. */
  readonly group: string;
};

/** When a stored class is held: the pair, the day, the parity and the dates; null when the answer does not say. */
export function timeOf(object: Fields): Fields | null {
  const time = fieldIn(fieldIn(object.lesson, 'auditoriumReservation'), 'reservationTime');
  return isFields(time) ? time : null;
}

/** The reason in words when the class cannot be placed. */
export function meetingsOf(object: Fields, term: Term, group: string): readonly Meeting[] | string {
  const { lesson } = object;
  const [subject, time] = [fieldIn(lesson, 'subject'), timeOf(object)];
  if (!isFields(lesson) || !isFields(subject)) return `class ${textOf(object.id)}: no subject`;
  const title = textOf(subject.title) || textOf(subject.shortTitle);
  if (time === null) return `«${title}»: no time is reserved`;
  const [on, slot] = [weekday(textOf(time.weekDay)), slotOf(time.startTime, time.endTime)];
  if (on === null) return `«${title}»: no weekday in «${textOf(time.weekDay)}»`;
  if (slot === null) return `«${title}»: no pair in «${textOf(time.startTime)} ${textOf(time.endTime)}»`;
  const parity = textOf(time.week);
  const [from, to] = [dayOf(time.startDate) || term.start, dayOf(time.endDate) || term.end];
  const same = {
    weekday: on,
    slot,
    subject: title,
    kind: textOf(subject.subjectType),
    link: textOf(object.url),
    note: textOf(object.comment),
    distance: object.isDistant === true || textOf(object.form) === 'online',
    group,
  };
  return weeksBetween(term, on, from, to)
    .filter((week) => parity === '' || (parity === '1') === (week % 2 !== 0))
    .map((week) => {
      const day = addDays(term.week1, (week - 1) * 7 + on - 1);
      const changed = isReplaced(lesson, day) || isMoved(lesson, day);
      return { ...same, week, teachers: teachersIn(lesson, day), room: roomIn(lesson, day), changed };
    });
}

/** Of a teacher nothing but the name is read: the answer holds telephones, mail and birthdays. */
function teachersIn(lesson: Fields, day: Day): readonly string[] {
  const first = isReplaced(lesson, day) ? lesson.newTeacher : lesson.teacher;
  const teachers = [first, lesson.secondTeacher, lesson.thirdTeacher];
  return teachers
    .filter(isFields)
    .map((teacher) => textOf(teacher.initials))
    .filter(Boolean);
}

function roomIn(lesson: Fields, day: Day): string {
  const reservation = isMoved(lesson, day) ? lesson.newAuditoriumReservation : lesson.auditoriumReservation;
  return isFields(reservation) ? textOf(reservation.auditoriumNumber) : '';
}

function isReplaced({ newTeacher, newTeacherDateStart, newTeacherDateEnd }: Fields, day: Day): boolean {
  return isFields(newTeacher) && holds(day, newTeacherDateStart, newTeacherDateEnd);
}

function isMoved({ newAuditoriumReservation, newAudDateStart, newAudDateEnd }: Fields, day: Day): boolean {
  return isFields(newAuditoriumReservation) && holds(day, newAudDateStart, newAudDateEnd);
}

/** True on the days a temporary change is for, both ends included; without a date on a side it is open there. */
function holds(day: Day, start: unknown, end: unknown): boolean {
  return day >= dayOf(start) && (dayOf(end) === '' || day <= dayOf(end));
}
