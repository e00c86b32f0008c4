/** Links are taken out of everything people read and put behind the door, before any text, feed or log. */

/** Hosts that hold calls and nothing else, and paths that mean one on shared hosts. */
const CALL_HOST =
  /(^|\.)(zoom\.us|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|telemost\.yandex\.ru|telemost\.360\.yandex\.ru|jazz\.sber\.ru|salutejazz\.ru|mts-link\.ru|webinar\.ru|meet\.jit\.si|discord\.gg|whereby\.com|webex\.com|trueconf\.ru|dion\.vc|kontur\.ru|vkteams\.ru)$/i;
const CALL_PATH = /\/(call|calls|join|meet|meeting|meetings|webinar|conference|conf|bigbluebutton|b\/|rooms?)(\/|$|\?)/i;
const LINK = /https?:\/\/[^\s<>"«»]+/gi;

export type Parts = { readonly text: string; readonly links: readonly string[] };

/** Separates the links from a text; what is left has no dangling brackets. */
export function withoutLinks(text: string): Parts {
  const links = (text.match(LINK) ?? []).map((link) => link.replace(/[).,;:!?\]]+$/, '')).filter((link) => URL.canParse(link));
  return { text: text.replace(LINK, ' ').replace(/\(\s*\)|\[\s*\]/g, ' '), links };
}

/** True for an address at which a call is joined: a university's page of the subject is not one. */
export function isCall(link: string): boolean {
  const url = URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return CALL_HOST.test(url.hostname) || CALL_PATH.test(`${url.pathname}${url.search}`);
}
