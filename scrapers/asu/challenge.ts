/** The check for a browser that this site sends in place of an answer: it is reported, and never passed. */
import { bodyOf, jsonOf, type Page, SourceError, isChallenge as wantsBrowser } from '#source';

const OWN = /setRequestHeader\(\s*['"]X-CS-ID['"]/i;

/** True for a page with the site's own check in it, whatever stands around that. */
export function hasOwnCheck(html: string): boolean {
  return OWN.test(html);
}

/** True for a page that wants to see a browser before it shows anything. */
export function isChallenge(html: string): boolean {
  return OWN.test(html) || wantsBrowser(html);
}

/** The JSON of an answer. @throws SourceError as `jsonOf` does, and blocked/challenge for the site's own check */
export function readJson(page: Page): unknown {
  if (OWN.test(bodyOf(page))) throw new SourceError('blocked', 'challenge', 'a challenge page came instead of JSON');
  return jsonOf(page);
}
