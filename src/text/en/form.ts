/** What the dialogue about lessons typed by hand says, in English. The words buttons say stay those of the dialogue. */
import type { Bell, Day, Weekday } from '../../domain/calendar.ts';
import type { KnownKind, Weeks } from '../../domain/lesson.ts';
import type { BadLine, DraftRow, FormAsk, FormSay } from '../draft.ts';
import { clean, dayMonth, plural, short, fit as within } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { WORDS } from './words.ts';

const WEEKDAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const EXAMPLE = 'Mon 1 calculus лек Ivanov 404\nTue 2 physics лаб\nThu 10:00-11:30 law';
const CANCEL: Button = { label: 'Cancel', say: 'отмена', color: 'secondary' };
/** A message holds 4096 characters; the question after the table must fit too. */
const TABLE_LIMIT = 2800;
const BAD_SHOWN = 8;

/** The next thing the dialogue says. */
export function form(say: FormSay): Message {
  switch (say.kind) {
    case 'ask-name':
      return {
        text: say.again
          ? 'That name will not do: letters are needed, 40 characters at most. What is the timetable called? E.g. PI-21'
          : 'What is the timetable called? E.g. PI-21',
        buttons: [[CANCEL]],
      };
    case 'ask-lines':
      return {
        text: `Timetable “${clean(say.name)}”. Send the lessons, as many lines at once as you like:\n\n${EXAMPLE}${say.chat ? '\n\nReply to this message, or I shall not see it.' : ''}`,
        buttons: [[CANCEL]],
      };
    case 'no-lines':
      return {
        text: `${say.bad.length > 0 ? badLines(say.bad) : 'I see no lessons here.'}\n\nLike this:\n${EXAMPLE}`,
        buttons: [[CANCEL]],
      };
    case 'table': {
      const parts = [table(say.rows), say.bad.length > 0 ? badLines(say.bad) : '', question(say.next)];
      return { text: within(parts.filter((part) => part !== '').join('\n\n')), buttons: buttons(say.next) };
    }
    case 'ask':
      return { text: question(say.next), buttons: buttons(say.next) };
    case 'too-many':
      return {
        text: `One timetable holds at most ${say.limit} lessons. These lines were not taken, the earlier ones are kept.`,
      };
    case 'left':
      return { text: 'All right, nothing was saved.' };
  }
}

function table(rows: readonly DraftRow[]): string {
  const lines: string[] = [];
  let day: Weekday | null = null;
  let length = 0;
  for (const [index, row] of rows.entries()) {
    const heading = row.weekday === day ? '' : `${lines.length > 0 ? '\n' : ''}${WEEKDAYS[row.weekday]}\n`;
    const text = `${heading}${index + 1}) ${rowText(row)}`;
    length += text.length + 1;
    if (length > TABLE_LIMIT) {
      lines.push(`\n…and ${lessons(rows.length - index)} more`);
      break;
    }
    lines.push(text);
    day = row.weekday;
  }
  return `Understood ${lessons(rows.length)}:\n\n${lines.join('\n')}`;
}

function rowText(row: DraftRow): string {
  const number = row.number === null ? '' : `lesson ${row.number}`;
  const when =
    row.start === null ? number : [number, `${row.start}–${row.end}`].filter((part) => part !== '').join(', ');
  const kind = row.kind === '' ? '' : ` (${kindName(row.kind)})`;
  const remote = row.format === 'onsite' ? '' : WORDS.remote;
  const rest = [
    row.teachers.join(', '),
    row.room,
    remote,
    row.subgroup === '' ? '' : WORDS.subgroup(row.subgroup),
    weeksText(row.weeks),
  ];
  return `${when}: ${short(row.subject, 90)}${kind}${rest.map((part) => (part === '' ? '' : ` · ${short(part, 60)}`)).join('')}`;
}

function weeksText(weeks: Weeks): string {
  if (weeks === 'every') return '';
  if (weeks === 'odd') return 'odd weeks';
  return weeks === 'even' ? 'even weeks' : `weeks ${weeks.join(', ')}`;
}

const WHY: Readonly<Record<BadLine['why'], string>> = {
  'no-day': 'no weekday',
  'no-time': 'no lesson number or time',
  'no-end': 'no end: write 10:00-11:30',
  'bad-time': 'there is no such time',
  'no-subject': 'no subject',
  'too-long': 'the line is too long',
};

function badLines(bad: readonly BadLine[]): string {
  const shown = bad.slice(0, BAD_SHOWN).map(({ line, why }) => `• “${short(line, 80)}” — ${WHY[why]}`);
  const more = bad.length > BAD_SHOWN ? [`• …and ${bad.length - BAD_SHOWN} more`] : [];
  return ['Not understood:', ...shown, ...more].join('\n');
}

function question(next: FormAsk): string {
  switch (next.kind) {
    case 'lines':
      return 'Send lines to correct or add. “убрать 3” takes one out, “заново” all of them. When it is right, press “Next”.';
    case 'bells':
      return next.usual.length > 0
        ? `The usual bells?\n${bellLines(next.usual)}\n\nIf yours differ, write: 1 8:30-10:00, 2 10:10-11:40`
        : `When is lesson ${next.missing.join(', ')}? Write: ${next.missing.map((number) => `${number} 20:30-22:00`).join(', ')}`;
    case 'term': {
      const start = next.again
        ? 'I did not understand the dates. When are the lessons?'
        : 'From which day to which are the lessons?';
      return `${start} Press a button or write: с 1.09 по 28.12`;
    }
    case 'confirm':
      return confirmText(next);
  }
}

function confirmText(next: Extract<FormAsk, { kind: 'confirm' }>): string {
  const { term, parity } = next;
  const when = parity === null || parity.now ? 'This week' : `The first week, from ${date(parity.day)},`;
  const lines = [
    next.adding
      ? `Adding to “${clean(next.name)}”: ${lessons(next.count)}.`
      : `“${clean(next.name)}”: ${lessons(next.count)} a week.`,
    term === null ? '' : `Lessons from ${date(term.start)} to ${date(term.end)}.`,
    next.bells.length === 0
      ? ''
      : `Bells: ${next.bells.map(({ number, start, end }) => `${number}) ${start}–${end}`).join(', ')}.`,
    parity === null ? '' : `${when} is ${parity.odd ? 'odd' : 'even'}. If not, press “The other way”.`,
    'Save?',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function buttons(next: FormAsk): Button[][] {
  switch (next.kind) {
    case 'lines':
      return [[{ label: 'Next', say: 'дальше', color: 'primary' }, CANCEL]];
    case 'bells':
      return [
        ...(next.usual.length > 0
          ? [[{ label: 'Usual bells', say: 'звонки как обычно', color: 'primary' } as const]]
          : []),
        [CANCEL],
      ];
    case 'term':
      return [...next.offers.map((offer) => [termButton(offer)]), [CANCEL]];
    case 'confirm':
      return [
        [
          { label: 'Save', say: 'сохранить', color: 'positive' },
          { label: 'Correct', say: 'исправить' },
        ],
        [...(next.parity === null ? [] : [{ label: 'The other way', say: 'наоборот' }]), CANCEL],
      ];
  }
}

function termButton({ start, end }: { start: Day; end: Day }): Button {
  const say = `с ${dayMonth(start, start, 'ru')} по ${dayMonth(end, end, 'ru')}`;
  return { label: `${date(start)} – ${date(end)}`, say, color: 'primary' };
}

function bellLines(bells: readonly Bell[]): string {
  return bells.map(({ number, start, end }) => `${number}) ${start}–${end}`).join('\n');
}

function kindName(kind: string): string {
  return Object.hasOwn(WORDS.kinds, kind) ? WORDS.kinds[kind as KnownKind] : kind;
}

/** “1 September”, without a year: the dialogue speaks of the term around now. */
function date(day: Day): string {
  return dayMonth(day, day, 'en');
}

function lessons(count: number): string {
  return `${count} ${plural(count, ['lesson', 'lessons', 'lessons'], 'en')}`;
}
