/** Which weeks are asked: one request is one week. */
import { addDays, type Day, mondayOf, type Span } from '#source';

/** The program asks from two weeks back; what is past has been read before. */
const BACK = 14;
/** This week and four more: reminders and notices look no further. */
const MOST = 5;

/** Mondays of the weeks to ask for: from the current one, at most five, none beyond the span. */
export function weeksOf({ from, to }: Span): readonly Day[] {
  const now = addDays(from, BACK);
  const first = mondayOf(now < to ? now : from);
  return Array.from({ length: MOST }, (_, week) => addDays(first, week * 7)).filter((monday) => monday < to);
}
