/** An address among the words, with a scheme or as people retype it from the bar of a browser. Pure. */
import { groupTokens } from './group-words.ts';

const WITH_SCHEME = /(?:https?|webcal):\/\/[^\s<>«»"]+/iu;
/** Names that sites of universities and of those who keep calendars have. */
const TOP = 'ru|su|рф|com|org|net|edu|info|online|site|by|kz|uz|kg|am|md';
const BARE = new RegExp(`^(?:[\\p{L}\\d-]{1,63}\\.){1,5}(?:${TOP})(?::\\d{2,5})?(?:[/?#][^\\s<>«»"]*)?$`, 'iu');
/** «ASP.NET», «Основы.NET»: taught, and no site. */
const TAUGHT = /^(?:asp|ado|vb)\.net(?:[/?#]|$)/iu;
/** More words are a sentence that mentions a site. */
const MOST = 3;

/**
 * `group`: a group-like word beside it, '' when there is none. Without a scheme it is one only where nothing but a group stands beside
 * it: «ПИ-21 ruz.fa.ru/ruz/main». null when no address is said.
 */
export function addressIn(said: string): { readonly url: string; readonly group: string } | null {
  const found = WITH_SCHEME.exec(said)?.[0];
  if (found !== undefined) return { url: trimmed(found), group: groupTokens(said.replace(found, ' '))[0] ?? '' };
  const words = said.split(/\s+/);
  const [bare, ...more] = words.length > MOST ? [] : words.map(trimmed).filter(isSite);
  if (bare === undefined || more.length > 0) return null;
  const rest = words.filter((word) => trimmed(word) !== bare).join(' ');
  const [group = ''] = groupTokens(rest);
  return rest === '' || group !== '' ? { url: `https://${bare}`, group } : null;
}

function isSite(word: string): boolean {
  return BARE.test(word) && !TAUGHT.test(word) && !word.endsWith('.NET');
}

/** What ends the sentence is no part of it. */
function trimmed(word: string): string {
  return word.replace(/[),.;:!»]+$/, '');
}
