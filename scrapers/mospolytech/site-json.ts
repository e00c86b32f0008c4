/** The site's JSON, or the refusal its web page means. */
import { jsonOf, type Page, SourceError } from '#source';

/** A page that sets the cookie `bpc` by a script and loads again keeps programs out: it is a refusal, and stays one. @throws SourceError */
export function siteJson(page: Page | undefined): unknown {
  const head = page === undefined ? '' : new TextDecoder().decode(page.body.subarray(0, 20_000));
  if (/^\s*</.test(head) && /\bbpc\s*=/.test(head))
    throw new SourceError('blocked', 'challenge', 'the site wants a browser first');
  return jsonOf(page);
}
