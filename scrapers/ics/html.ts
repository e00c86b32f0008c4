/** A web page came instead of a calendar: recognise it, and find the calendars and tables it offers. */
import { load } from 'cheerio';
import type { Link } from '#source';

/** As many as a message has buttons. */
const MAX_LINKS = 10;
const MAX_WORDS = 60;
/** Tags looked at; only they are handed on, since a deeply nested page keeps an HTML parser busy for a minute. */
const MAX_TAGS = 2_000;
const TAG = /<([a-z][a-z0-9]*)\s[^<>]{1,2000}>([^<]{0,300})/gi;
/** A tag without any of these leads nowhere. */
const LEADS = /\s(?:href|src|action|data(?:-[\w-]{1,60})?)\s*=/i;
/** An address that is only mentioned: in a script, in a text. */
const MENTIONED = /https?:\/\/[^\s"'<>`\\^{}|]{4,500}/gi;
/** More links than this say nothing of what the page is about. */
const MAX_LEADS = 500;
const LOOKED_AT = 2_000_000;

/** A tag that leads somewhere, alone, and the words behind it. */
type Tag = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly words: string };

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
  for (const { name, attributes, words } of tagsIn(text)) {
    if (links.size >= MAX_LINKS) break;
    const address = name === 'a' || name === 'link' ? absolute(attributes.href ?? '', base) : null;
    if (address === null) continue;
    const readable = asFile(address) ?? (isFile(address, attributes.type ?? '') ? address : null);
    if (readable !== null && (links.get(readable) ?? '') === '') links.set(readable, words);
  }
  return [...links].map(([address, said]) => (said === '' ? address : `${address} ${said}`));
}

/**
 * Where the page leads to in any way: its links, what it embeds (frames, scripts, `data-` attributes) and the addresses it only
 * mentions, absolute, each once; up to five hundred, links with words first.
 */
export function pageLinks(text: string, base: string): readonly Link[] {
  const links = new Map<string, string>();
  const note = (address: string | null, words: string): void => {
    if (address !== null && (links.get(address) ?? '') === '') links.set(address, words);
  };
  for (const { name, attributes, words } of tagsIn(text))
    for (const [key, value] of Object.entries(attributes)) {
      if (!LEADS.test(` ${key}=`) || (key.startsWith('data-') && !/^(?:https?:)?\//i.test(value))) continue;
      note(absolute(value, base), name === 'a' ? words : '');
    }
  const plain = text.slice(0, LOOKED_AT).replaceAll('\\/', '/').replaceAll('&amp;', '&');
  for (const [address] of plain.matchAll(MENTIONED)) {
    if (links.size >= MAX_TAGS) break;
    note(absolute(address, base), '');
  }
  const all = [...links].map(([address, words]) => ({ address, words }));
  return [...all.filter(({ words }) => words !== ''), ...all.filter(({ words }) => words === '')].slice(0, MAX_LEADS);
}

function* tagsIn(text: string): Generator<Tag> {
  let tags = 0;
  for (const [tag, name = '', words = ''] of text.slice(0, LOOKED_AT).matchAll(TAG)) {
    if (!LEADS.test(tag)) continue;
    tags += 1;
    if (tags > MAX_TAGS) return;
    // Only the tag and the words behind it are handed on, closed: what is inside of it cannot be deep.
    const $ = load(`${tag}</${name}>`, { xml: { xmlMode: false, decodeEntities: true } });
    const element = $(name.toLowerCase()).first();
    const said = words === '' ? '' : element.text().replace(/\s+/gu, ' ').trim().slice(0, MAX_WORDS);
    yield { name: name.toLowerCase(), attributes: element.attr() ?? {}, words: said };
  }
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
