/** A web page came instead of a calendar: recognise it, and find the calendar addresses it offers. */
import { load } from 'cheerio';

const MAX_LINKS = 5;
/** Tags looked at; only they are handed on, since a deeply nested page keeps an HTML parser busy for a minute. */
const MAX_TAGS = 2_000;
const TAG = /<(?:a|link)\s[^<>]{1,2000}>/gi;

/** True when the text is a page and holds no calendar. */
export function isHtml(text: string, contentType: string): boolean {
  const start = text.slice(0, 2_000).trimStart().toLowerCase();
  if (/BEGIN:V(?:CALENDAR|EVENT)/i.test(text)) return false;
  return (
    /^<(?:!doctype\s+html|html|head|body|\?xml|!--|script|div|meta|title|p|h1)/.test(start) ||
    (/html/i.test(contentType) && start.startsWith('<'))
  );
}

/** Up to five addresses of links that look like a calendar, absolute, in the order of the page. */
export function calendarLinks(text: string, base: string): readonly string[] {
  const tags = text.slice(0, 2_000_000).match(TAG)?.slice(0, MAX_TAGS) ?? [];
  const links = new Set<string>();
  for (const tag of tags) {
    if (links.size >= MAX_LINKS) break;
    const element = load(tag, { xml: { xmlMode: false, decodeEntities: true } })('a, link');
    const href = element.attr('href') ?? '';
    const calendar =
      /^webcals?:|\.ics(?:$|[?#])|\bical\b|icalendar/i.test(href) || /calendar/i.test(element.attr('type') ?? '');
    const address = calendar ? absolute(href, base) : null;
    if (address !== null) links.add(address);
  }
  return [...links];
}

function absolute(href: string, base: string): string | null {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  return /^(?:https?|webcals?):$/.test(url.protocol) ? url.href : null;
}
