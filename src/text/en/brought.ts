/** What the bot says to who brings a calendar or a table, as an address or as a file, in English. */
import type { Peer } from '../../domain/peer.ts';
import type { PageChoice, TimetableRef } from '../../domain/view.ts';
import { type BroughtFacts, choiceButtons, groupButtons, groupNames, pageButtons, TEMPLATE } from '../brought.ts';
import { dayMonth, plural, short } from '../format.ts';
import type { Button, Message } from '../message.ts';
import { byClocksOf } from '../places.ts';
import type { TroubleFacts } from '../ru/trouble.ts';
import { before, named, REMIND, STORED, silent } from './talk.ts';
import { trouble } from './trouble.ts';

const TEMPLATE_BUTTON: Button = { label: 'Table to fill in', say: 'шаблон' };
export const CREATE: Button = { label: 'Create with my group', say: 'create together' };
const TERM_ROW = '“Семестр;01.09.2026;31.01.2027”';

export function calendarAdded(
  ref: TimetableRef,
  facts: BroughtFacts,
  day: Message,
  peer: Peer,
  told: boolean,
): Message {
  const stored = told ? '' : `\n${STORED}`;
  const head = `${readWords(ref, facts)}${weeksWords(facts)}${silent(peer)}${stored}`;
  return before(head, day, peer.leads.length > 0 ? [] : [[REMIND]]);
}

function readWords(ref: TimetableRef, { count, source, file, changes, site }: BroughtFacts): string {
  const found = `${count} ${plural(count, ['lesson', 'lessons', 'lessons'], 'en')}`;
  if (changes !== null) {
    const what = `${changes} ${plural(changes, ['change', 'changes', 'changes'], 'en')}`;
    return `Updated ${named(ref)} from the file: ${changes === 0 ? 'nothing has changed' : what}.`;
  }
  if (file !== null)
    return `Read the file: ${named(ref)}, ${found}. Send a newer one of the same name, and I shall tell what changed.`;
  if (site !== null)
    return `Read the timetable ${named(ref)} from ${short(new URL(site).host, 60)}: ${found}, ${byClocksOf(ref.zone, 'en')}. I shall keep an eye on it.`;
  return `Read the ${source === 'table' ? 'table' : 'calendar'} ${named(ref)}: ${found}. I shall keep an eye on it.`;
}

/** A table of weekdays has no dates of its own: which were taken is said, and how to say others. */
function weeksWords({ weeks }: BroughtFacts): string {
  if (weeks === null) return '';
  const [first, last] = [dayMonth(weeks.week1, weeks.start, 'en'), dayMonth(weeks.end, weeks.start, 'en')];
  return ` Week 1, an odd one, begins on ${first}; lessons go on until ${last}. Wrong? Write a row ${TERM_ROW} with your dates above the table and send it again.`;
}

export function calendarFailed(problem: TroubleFacts): Message {
  const table = problem.kind === 'changed' && problem.detail === 'not-a-table';
  return { text: trouble(problem), buttons: table ? [[TEMPLATE_BUTTON]] : pageButtons(problem, CREATE) };
}

/** The page that was pasted leads to several timetables; `more` than there is room for. */
export function pageChoices(choices: readonly PageChoice[], more: boolean): Message {
  const rest = more ? ' Not all fit here: write the name, and I shall find it.' : '';
  return { text: `The page leads to several timetables. Which one is yours?${rest}`, buttons: choiceButtons(choices) };
}

/** The page is of an engine we know and of a university we do not; operators see it in their list. */
export function strangerSite(engine: string, host: string): Message {
  return {
    text: `This site (${short(host, 60)}) runs on “${short(engine, 40)}”: I can read such sites, but do not know this university yet. I have told those who run me. Meanwhile you can type the lessons yourselves – let us make the timetable with your group.`,
    buttons: [[CREATE]],
  };
}

/** A table of several groups; `said` is the one named that is not among them, '' when none was. */
export function whichColumn(groups: readonly string[], said: string): Message {
  if (groups.length === 0) return { text: trouble({ kind: 'unknown-param', detail: 'group', suggestions: [] }) };
  const head =
    said === '' ? 'The table has several groups' : `No group “${short(said, 40)}” is in the table. There are`;
  return { text: `${head}: ${groupNames(groups)}.\n\nWrite which one you need.`, buttons: groupButtons(groups) };
}

/** A group was taken of a table that nobody remembers. */
export function noTable(): Message {
  return {
    text: 'Send the table once more, as a file or an address, and pick the group.',
    buttons: [[TEMPLATE_BUTTON]],
  };
}

/** The table to fill in: where it is, or its first rows where nobody can download from us. */
export function template(url: string | null): Message {
  const rules =
    'One row is one lesson. The day is “пн” or a date, “14.09.2026”; weeks are empty, “чёт” (even), “нечёт” (odd) or “1-5,9”. Above the header a row «Семестр» has the first and the last day.';
  const send = 'Fill it in with Excel or Google Sheets and send it to me as .xlsx, .xls or .csv.';
  if (url !== null) return { text: `A table to fill in: ${url}\n\n${rules}\n\n${send}` };
  return {
    text: `${rules}\n\nColumns and an example:\nСеместр;01.09.2026;31.01.2027\n${TEMPLATE.join('\n')}\n\n${send}`,
  };
}
