/** The site's JSON, or what stands for it: a sentence, a page that keeps programs out. */
import { jsonOf, type Page, refuseStatus, SourceError } from '#source';

const SOON = /^ещ[её] не готово расписание/i;

/**
 * A page that sets the cookie `bpc` by a script and loads again keeps programs out: it is a refusal, and stays one. The bare
 * sentence «Еще не готово расписание для группы» is answered as the site's other refusals are. @throws SourceError
 */
export function siteJson(page: Page | undefined): unknown {
  const head = page === undefined ? '' : new TextDecoder().decode(page.body.subarray(0, 20_000)).trim();
  if (/^</.test(head) && /\bbpc\s*=/.test(head))
    throw new SourceError('blocked', 'challenge', 'the site wants a browser first');
  if (page !== undefined && SOON.test(head)) {
    refuseStatus(page);
    return { status: 'error', message: head.slice(0, 200) };
  }
  return jsonOf(page);
}

/** Why a group has no timetable, by the site's own message. */
export function refusalOf(message: string): SourceError {
  if (SOON.test(message)) return new SourceError('not-published', 'soon', 'the timetable is not ready yet');
  // Its own page says so of groups that it lists.
  if (/^не нашлось расписание/i.test(message))
    return new SourceError('not-published', 'group', 'there is no timetable');
  return new SourceError('unknown-param', 'group', 'the site knows no such group');
}
