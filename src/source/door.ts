/** Links are taken out of everything people read and put behind the door, before any text, feed or log. */

/** Hosts that hold calls and nothing else. */
const CALL_HOST =
  /(?:^|\.)(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|telemost\.yandex\.ru|telemost\.360\.yandex\.ru|jazz\.sber\.ru|salutejazz\.ru|mts-link\.ru|webinar\.ru|meet\.jit\.si|discord\.gg|discord\.com|whereby\.com|webex\.com|join\.skype\.com|trueconf\.ru|dion\.vc|ktalk\.ru|talk\.kontur\.ru|vkteams\.ru|calls\.mail\.ru|sferum\.ru|pruffme\.com)$/i;
/** Names a university gives to its own server of calls. */
const CALL_LABEL = /^(?:bbb|bigbluebutton|vks|vcs|meet|webinar|webinars|jitsi)\d{0,3}\./i;
/** Paths that mean a call on shared hosts: VK calls, BigBlueButton, modules of Moodle. */
const CALL_PATH =
  /\/(?:call\/join|calls\/join|join|bigbluebutton|b|meet|mod\/(?:bigbluebutton\w*|zoom|jitsi|webinar))(?:\/|$|\?)/i;

const REST = '[^\\s<>"«»]';
/** With a scheme or `www.`; or bare, as people type it: a host with a path. Bounded, so that a long text costs no more than its length. */
const LINK = new RegExp(
  `(?:[a-z][a-z0-9+.-]{0,20}://|www\\.)${REST}*|(?<![a-z0-9-])(?:[a-z0-9-]{1,63}\\.){1,4}(?:ru|su|com|org|net|us|io|me|gg|vc|edu|app|online|live|si)/${REST}+`,
  'gi',
);

export type Parts = { readonly text: string; readonly links: readonly string[] };

/** Separates the links from a text; what is left has no dangling brackets. Expects `visible` text. */
export function withoutLinks(text: string): Parts {
  if (!/[:/]\/|www\.|[a-z]\//i.test(text)) return { text, links: [] };
  const links: string[] = [];
  const left = text.replace(LINK, (found) => {
    const end = tailOf(found);
    const link = addressOf(found.slice(0, found.length - end.length));
    // «ASP.NET/C#» is a subject: without a scheme a host is written small, unless it is one of calls.
    const bare = !/^(?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.)/i.test(found);
    if (bare && !isCall(link) && /[A-Z]/.test(found.split('/')[0] ?? '')) return found;
    if (/^https?:/i.test(link) && URL.canParse(link)) links.push(link);
    return ` ${end}`;
  });
  return { text: left.replace(/\(\s*\)|\[\s*\]/g, ' '), links };
}

/** Punctuation that belongs to the sentence; a closing bracket only when it was opened outside of the link. */
function tailOf(found: string): string {
  const tail = /[).,;:!?\]]{0,20}$/.exec(found)?.[0] ?? '';
  const opened = found.slice(0, found.length - tail.length).includes('(') && tail.startsWith(')');
  return opened ? tail.slice(1) : tail;
}

/** The address itself: https where no scheme was typed; «ссылкаhttps://» is cut to where it begins; `&amp;` of a page is `&`. */
function addressOf(found: string): string {
  const begins = found.search(/https?:\/\//i);
  const address = begins > 0 ? found.slice(begins) : found;
  return (address.includes('://') ? address : `https://${address}`).replaceAll('&amp;', '&');
}

/** True for an address at which a call is joined: a university's page of the subject is not one. */
export function isCall(link: string): boolean {
  const url = URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return (
    CALL_HOST.test(url.hostname) || CALL_LABEL.test(url.hostname) || CALL_PATH.test(`${url.pathname}${url.search}`)
  );
}
