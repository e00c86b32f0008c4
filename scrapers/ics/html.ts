/** A web page came instead of a calendar: recognise it, and find the calendars and tables it offers. */
import { load } from 'cheerio';

/** As many as a message has buttons. */
const MAX_LINKS = 10;
const MAX_WORDS = 60;
/** Tags looked at; only they are handed on, since a deeply nested page keeps an HTML parser busy for a minute. */
const MAX_TAGS = 2_000;
const TAG = /<(?:a|link)\s[^<>]{1,2000}>([^<]{0,300})/gi;

/** True when the text is a page and holds no calendar. */
export function isHtml(text: string, contentType: string): boolean {
  const start = text.slice(0, 2_000).trimStart().toLowerCase();
  if (/BEGIN:V(?:CALENDAR|EVENT)/i.test(text)) return false;
  return (
    /^<(?:!doctype\s+html|html|head|body|\?xml|!--|script|div|meta|title|p|h1)/.test(start) ||
    (/html/i.test(contentType) && start.startsWith('<'))
  );
}

/**
 * Up to ten addresses of links that look like a calendar or a table, absolute, in the order of the page; behind a space what
 * the link says, where it says something. A Google page that shows a calendar or a sheet is turned into what can be read.
 */
export function timetableLinks(text: string, base: string): readonly string[] {
  const links = new Map<string, string>();
  let tags = 0;
  for (const [tag, words = ''] of text.slice(0, 2_000_000).matchAll(TAG)) {
    tags += 1;
    if (tags > MAX_TAGS || links.size >= MAX_LINKS) break;
    // Only the tag and the words behind it are handed on, closed: what is inside of it cannot be deep.
    const element = load(`${tag}</a>`, { xml: { xmlMode: false, decodeEntities: true } })('a, link').first();
    const address = absolute(element.attr('href') ?? '', base);
    if (address === null) continue;
    const readable = asFile(address) ?? (isFile(address, element.attr('type') ?? '') ? address : null);
    const said = words === '' ? '' : element.text().replace(/\s+/gu, ' ').trim().slice(0, MAX_WORDS);
    if (readable !== null && (links.get(readable) ?? '') === '') links.set(readable, said);
  }
  return [...links].map(([address, said]) => (said === '' ? address : `${address} ${said}`));
}

function isFile(address: string, type: string): boolean {
  return (
    /^webcals?:|\.(?:ics|xlsx?|xlsm|csv)(?:$|[?#])|\bical\b|icalendar|[?&](?:output|format)=(?:xlsx|csv|ics)\b/i.test(
      address,
    ) || /calendar|spreadsheet|text\/csv/i.test(type)
  );
}

/** Google's own pages for people, as addresses of the same thing for programs. null for any other. */
function asFile(address: string): string | null {
  const url = new URL(address);
  const sheet = /^\/spreadsheets\/d\/([\w-]{20,})/.exec(url.pathname)?.[1];
  if (url.hostname === 'docs.google.com' && sheet !== undefined)
    return `https://docs.google.com/spreadsheets/d/${sheet}/export?format=xlsx`;
  const shown =
    url.hostname === 'calendar.google.com' && url.pathname.endsWith('/embed') ? url.searchParams.get('src') : null;
  return shown === null
    ? null
    : `https://calendar.google.com/calendar/ical/${encodeURIComponent(shown)}/public/basic.ics`;
}

function absolute(href: string, base: string): string | null {
  if (href === '' || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  return /^(?:https?|webcals?):$/.test(url.protocol) ? url.href : null;
}
