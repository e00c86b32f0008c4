/** Why a calendar could not be read, in English: what happened and what to do. */
import { plural, short } from '../format.ts';
import type { TroubleFacts } from '../ru/trouble.ts';

const BY_DETAIL: Readonly<Record<string, string>> = {
  'changed html':
    'That address is a web page, and it has no link to a calendar (.ics) or a table (.xlsx, .csv). Look for “Export” or “iCal” and send the address given there, or a file. If there is none, the timetable can be created together with the group.',
  'changed empty': 'The site answered with an empty file. If the calendar does have lessons, try in an hour.',
  'changed cut': 'The file came cut short, and half of it can not be trusted. Send the address again in a few minutes.',
  'changed not-a-calendar':
    'This is no calendar: there are no iCal events inside. Check that you copied the .ics address.',
  'changed not-a-table':
    'This is no table of lessons: its first rows have to name the columns, at least «день», «начало», «предмет», and I know few other layouts. Try mine: “template”.',
  'changed quotes':
    'The quotes in the table do not match, so it can not be read. Save it as CSV again and send the address.',
  'changed pdf': 'This is a PDF, which I do not read. Send the same as a table: .xlsx, .xls or .csv.',
  'changed not-a-workbook': 'This is no Excel workbook. Save the table as .xlsx and send it.',
  'changed protected': 'The workbook has a password. Take it off and send it again.',
  'changed redirects': 'The site leads in circles. Copy the final address from your browser.',
  'changed encoding': 'The file is packed in a way that can not be read. Try another export address.',
  'unreachable timeout': 'The site did not answer in time. Try again in a few minutes.',
  'unreachable http-429': 'The site asks for fewer questions. Try again in a few minutes.',
  'unreachable busy': 'The site asks for fewer questions. Try again in a few minutes.',
  'unreachable crowd':
    'Very many people ask about this site at the moment, and I read a page a second. Try again in a few minutes.',
  'unreachable dns': 'There is no such site. Check the address for a typo.',
  'unreachable tls': 'The site’s certificate is broken, so it can not be read safely. Tell the site’s owner.',
  'refused private-address': 'That address leads into an internal network; I need one that opens from the internet.',
  'refused scheme': 'I can not read that kind of address. It has to start with https://, http:// or webcal://.',
  'refused port': 'I do not go to that port. I need an ordinary address, without “:number” after the site’s name.',
  'refused credentials':
    'The address holds a login or password, and I do not keep those. Look for a “secret address” in your calendar.',
  'refused address': 'That does not look like an address. Copy all of it, from https:// to the end.',
  'unknown-param url': 'That does not look like an address. Copy all of it, from https:// to the end.',
  'too-big body': 'The file is over 5 MB. Export the calendar of one group.',
  'too-big rule': 'A recurrence in the calendar grows without end. Check its rules and send the address again.',
  'too-big events': 'There are too many events. Export the calendar of one group.',
  'too-big occurrences': 'There are too many lessons. Export the calendar of one group.',
  'too-big rows': 'The table has too many rows. Leave one group in it and send the address again.',
  'too-big bytes': 'The file is over 5 MB. Leave one group in it and send it again.',
  'too-big unpacked': 'The workbook unpacks to something enormous, so I do not read it. Copy the table to a new one.',
  'too-big columns': 'The table has too many columns. Leave one group in it and send it again.',
  'too-big merges': 'The table has too many merged cells. Copy what is needed to a new workbook and send that.',
  'unknown-param bells':
    'The table has numbers of lessons but no times, so I could not tell when to remind. Use my table: “template”.',
  'empty past': 'This is the timetable of a past term, there are no lessons ahead. Send a new one.',
  'too-big time': 'Reading the calendar took too long. Export the calendar of one group.',
};

const BY_KIND: Readonly<Record<string, string>> = {
  unreachable: 'The site does not answer now. Try again in a few minutes.',
  blocked: 'The site wants a login. Look for “public access” or “secret iCal address” in your calendar and send that.',
  changed: 'The site did not answer with a calendar. Check the address: I need an iCal export (.ics).',
  'unknown-param': 'There is nothing at that address: it may be out of date. Copy a new one from your calendar.',
  'not-published': 'The timetable is not published yet. Try later.',
  refused: 'I can not read that address. I need an ordinary internet address starting with https://.',
  'too-big': 'The calendar is too big. Export the calendar of one group.',
  'too-many': 'You have many calendars already, I can not add more. To remove one: “delete timetable”.',
  empty: 'The calendar was read, but it has no lessons. Add them and send the address again.',
};

const SUGGESTED = 5;
const CHOICE = 'That address is a web page with several calendars or tables on it. Which link is yours?';

/** One or two sentences for a problem. */
export function trouble(problem: TroubleFacts): string {
  if (problem.kind === 'unknown-param' && problem.detail === 'group') return noGroup(problem.suggestions);
  if (problem.kind === 'too-many' && /^\d+$/.test(problem.detail))
    return `You have ${problem.detail} calendars already, I can not add more. To remove one: “delete timetable”.`;
  if (problem.kind === 'changed' && problem.detail === 'html' && problem.suggestions.length > 0) return CHOICE;
  if (problem.kind === 'too-often') return tooOften(Math.ceil(Number(problem.detail) / 60));
  const general = BY_KIND[problem.kind] ?? 'The calendar could not be read. Try later.';
  return BY_DETAIL[`${problem.kind} ${problem.detail}`] ?? general;
}

/** The source has several groups, or none of that name; it names those it has. */
function noGroup(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return 'There is no such group in this timetable. Check the name.';
  const named = suggestions.slice(0, SUGGESTED).map((name) => `“${short(name, 40)}”`);
  const more = suggestions.length > SUGGESTED ? ' and others' : '';
  return `I can not tell which group is meant. This timetable has ${named.join(', ')}${more}.`;
}

function tooOften(minutes: number): string {
  const after = `${minutes} ${plural(minutes, ['minute', 'minutes', 'minutes'], 'en')}`;
  return `That is many addresses in a row, I can not keep up. Send this one again in ${after}.`;
}
