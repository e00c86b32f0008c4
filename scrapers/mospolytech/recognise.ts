/** Addresses of the site's pages that name a group. Pure. */
import { pathUnder, type Recognised } from '#source';

/** `https://rasp.dmami.ru/?251-321`, and the same of its page of the session: the whole query is the name. */
export function recognise(address: string): Recognised | null {
  const path = pathUnder(address, 'https://rasp.dmami.ru') ?? '';
  const name = decoded(/^(?:session\/?)?\?([^&=#]{1,200})(?:#|$)/.exec(path)?.[1] ?? '').trim();
  return name === '' || name.length > 40 ? null : { entry: { kind: 'group', ask: { group: name } } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // Half a letter is nobody's name.
    if (error instanceof URIError) return '';
    throw error;
  }
}
