/** Reads the weeks of one group, teacher or room. */
import {
  addDays,
  type Day,
  type Fields,
  fieldsOf,
  isDistance,
  isFields,
  jsonOf,
  type Page,
  type Parsed,
  type RawLesson,
  rowsOf,
  SourceError,
  textOf,
} from '#source';

/** `mondays` are the weeks asked for, in the order of the pages. @throws SourceError */
export function readWeeks(pages: readonly Page[], mondays: readonly Day[]): Parsed {
  const [first, last] = [mondays[0], mondays.at(-1)];
  if (first === undefined || last === undefined) return { lessons: [], skipped: [] };
  const weeks = mondays.map((monday, index) => readWeek(pages[index], monday));
  const name = weeks.map((week) => week.name).find((said) => said !== '') ?? '';
  return {
    ...(name === '' ? {} : { name }),
    covers: { from: first, to: addDays(last, 7) },
    lessons: weeks.flatMap((week) => week.lessons),
    skipped: [],
  };
}

function readWeek(page: Page | undefined, monday: Day): { name: string; lessons: readonly RawLesson[] } {
  const answer = fieldsOf(jsonOf(page), 'answer');
  if (answer.error === true) throw new SourceError('unknown-param', 'id', 'the site knows no such id');
  const start = textOf(fieldsOf(answer.week, 'week').date_start).replaceAll('.', '-');
  // Another week than the asked one would be taken for an empty one.
  if (start !== monday) throw new SourceError('changed', 'week', `the week of ${monday} was asked, «${start}» came`);
  const whole = isFields(answer.group);
  const lessons = rowsOf(answer.days, 'days').flatMap((day) =>
    rowsOf(day.lessons, 'lessons').map((lesson) => lessonOf(lesson, textOf(day.date), whole)),
  );
  return { name: nameOf(answer), lessons };
}

function nameOf(answer: Fields): string {
  if (isFields(answer.group)) return textOf(answer.group.name);
  if (isFields(answer.teacher)) return textOf(answer.teacher.full_name);
  return isFields(answer.room) ? textOf(answer.room.name) : '';
}

/** `whole`: the timetable of a group, where the lesson's own groups say nothing new. */
function lessonOf(lesson: Fields, day: string, whole: boolean): RawLesson {
  const kind = isFields(lesson.typeObj) ? textOf(lesson.typeObj.name) : '';
  const room = rowsOf(lesson.auditories, 'auditories').map(roomOf).join('; ');
  // A lesson at a distance is entered by its webinar, else by the course of the learning system.
  const link = [lesson.webinar_url, lesson.lms_url].map(textOf).filter(Boolean).join(' ');
  const groups = whole ? [] : rowsOf(lesson.groups, 'groups').map((group) => textOf(group.name));
  const note = [textOf(lesson.additional_info), groups.join(', ')].filter(Boolean).join('\n');
  return {
    day,
    start: textOf(lesson.time_start),
    end: textOf(lesson.time_end),
    subject: textOf(lesson.subject),
    // `first_name` holds the surname and so on: only the full name is in order.
    teachers: rowsOf(lesson.teachers, 'teachers').map((teacher) => textOf(teacher.full_name)),
    ...(kind === '' ? {} : { kind }),
    ...(room === '' ? {} : { room }),
    ...(link === '' ? {} : { link }),
    ...(note === '' ? {} : { note }),
  };
}

/** «219, Главное здание»; «Дистанционно» stands alone, its building is a formality. */
function roomOf(auditory: Fields): string {
  const name = textOf(auditory.name);
  const building = isFields(auditory.building) ? textOf(auditory.building.name) : '';
  return isDistance(name) || building === '' ? name : `${name}, ${building}`;
}
