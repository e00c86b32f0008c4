/** A file of the demo with what depends on the day laid over it, in the form the file itself has. */
import { addDays, clockOf, type Day, type Instant, minutesOf, wallOf, weekdayOf } from '../domain/calendar.ts';
import { examMondays, movesAt, soonAfter, termAt } from './days.ts';
import type { Exam, Group, Move, Sample } from './sample.ts';

/** Exams are in the evening, where no lesson of the demo is. */
const [EXAM_START, EXAM_END] = ['17:00', '18:35'];

/** The text to serve at `now`. The same day gives the same text; `startedAt` is when the sandbox started. */
export function aliveFile(sample: Sample, file: string, at: { now: Instant; startedAt: Instant }): string {
  const text = sample.files.get(file);
  if (text === undefined) throw new Error(`the demo has no file ${file}`);
  const today = wallOf(at.now, sample.zone).day;
  const groups = sample.groups.filter((group) => group.file === file);
  if (file.endsWith('.csv')) return aliveTable(text, groups, today);
  return aliveCalendar(text, [
    ...movesAt(today, sample.moves.length).map(({ monday, index }) => moved(text, monday, sample.moves[index])),
    ...groups.flatMap((group) =>
      examsOf(group, today).map((exam, index) => examEvent(exam, `${file}-${index}`, sample.zone)),
    ),
    ...(groups.some(({ name }) => name === sample.soon.group) ? [soonEvent(sample.soon, at.startedAt)] : []),
  ]);
}

type DatedExam = Exam & { readonly day: Day };

function examsOf(group: Group, today: Day): readonly DatedExam[] {
  return examMondays(today).flatMap((monday) =>
    group.exams.map((exam) => ({ ...exam, day: addDays(monday, exam.weekday - 1) })),
  );
}

/** The line of the semester is replaced, exams are added as rows. Cells of the demo hold no separator. */
function aliveTable(text: string, groups: readonly Group[], today: Day): string {
  const { start, end } = termAt(today);
  const rows = groups.flatMap((group) =>
    examsOf(group, today).map(({ day, subject, teacher, room }) =>
      [group.name, dotted(day), '', '', EXAM_START, EXAM_END, subject, 'экзамен', teacher, room, '', '', '', ''].join(
        ';',
      ),
    ),
  );
  const table = text.replace(/^(\uFEFF?)Семестр;.*$/m, `$1Семестр;${dotted(start)};${dotted(end)}`);
  return `${table}${rows.map((row) => `${row}\r\n`).join('')}`;
}

function dotted(day: Day): string {
  return day.split('-').reverse().join('.');
}

/** Events go before the calendar's end. */
function aliveCalendar(text: string, events: readonly (readonly string[])[]): string {
  const added = events.flat().map((line) => `${line}\r\n`);
  return text.replace(/^END:VCALENDAR/m, (end) => `${added.join('')}${end}`);
}

/** One date of a series held at another time and place (RFC 5545 section 3.8.4.4); nothing when the series is in another file. */
function moved(text: string, monday: Day, move: Move | undefined): readonly string[] {
  const series = move === undefined ? undefined : text.match(/BEGIN:VEVENT.*?END:VEVENT/gs)?.find(isOf(move.uid));
  if (move === undefined || series === undefined) return [];
  const [, zone = '', from = ''] = /^DTSTART;(TZID=[^:]+):(\S+)/m.exec(series) ?? [];
  const [, to = ''] = /^DTEND;[^:]+:(\S+)/m.exec(series) ?? [];
  const [start, end] = [clockIn(from), clockIn(to)];
  const was = addDays(monday, weekdayOf(dayIn(from)) - 1);
  const day = addDays(monday, move.weekday - 1);
  const until = clockOf(minutesOf(move.start) + minutesOf(end) - minutesOf(start));
  const changed: Readonly<Record<string, string>> = {
    DTSTART: `RECURRENCE-ID;${zone}:${stamp(was, start)}\r\nSEQUENCE:1\r\nDTSTART;${zone}:${stamp(day, move.start)}`,
    DTEND: `DTEND;${zone}:${stamp(day, until)}`,
    LOCATION: `LOCATION:${move.room}`,
  };
  const lines = series.split(/\r?\n/).filter((line) => !line.startsWith('RRULE:'));
  return lines.map((line) => changed[/^[A-Z]+/.exec(line)?.[0] ?? ''] ?? line);
}

function isOf(uid: string): (event: string) => boolean {
  return (event) => event.split(/\r?\n/).includes(`UID:${uid}`);
}

function examEvent({ day, subject, teacher, room }: DatedExam, id: string, zone: string): readonly string[] {
  return event(`exam-${day}-${id}`, [
    `DTSTART;TZID=${zone}:${stamp(day, EXAM_START)}`,
    `DTEND;TZID=${zone}:${stamp(day, EXAM_END)}`,
    `SUMMARY:${subject} (экз.)`,
    `LOCATION:${room}`,
    `DESCRIPTION:Преподаватель: ${teacher}`,
  ]);
}

function soonEvent({ subject, teacher, link }: Sample['soon'], startedAt: Instant): readonly string[] {
  const { from, to } = soonAfter(startedAt);
  return event(`soon-${from}`, [
    `DTSTART:${utcStamp(from)}`,
    `DTEND:${utcStamp(to)}`,
    `SUMMARY:${subject} (конс.)`,
    'LOCATION:дистанционно',
    `DESCRIPTION:Преподаватель: ${teacher}`,
    `URL:${link}`,
  ]);
}

/** DTSTAMP stands still: a file that says the same must be the same. */
function event(id: string, lines: readonly string[]): readonly string[] {
  return ['BEGIN:VEVENT', `UID:${id}@demo.zvonok`, 'DTSTAMP:20230828T090000Z', ...lines, 'END:VEVENT'];
}

function stamp(day: Day, clock: string): string {
  return `${day.replaceAll('-', '')}T${clock.replace(':', '')}00`;
}

function utcStamp(at: Instant): string {
  const [day = '', clock = ''] = new Date(at).toISOString().split('T');
  return `${stamp(day, clock.slice(0, 5))}Z`;
}

function dayIn(stamp: string): Day {
  return `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`;
}

function clockIn(stamp: string): string {
  return `${stamp.slice(9, 11)}:${stamp.slice(11, 13)}`;
}
