/** Keeps what was left out of a reading and why, and judges whether anything is left at all. */
import { SourceError } from '#source';
import type { Refusal } from './event.ts';

export type SkipLog = {
  /** Something was read otherwise than written; nothing is lost. */
  say(reason: string): void;
  /** An event was left out. */
  skip(what: string, refusal: Refusal): void;
  /** An event was read. */
  keep(): void;
  /** The error of a file whose every event was left out; null when some were read or there were none. */
  verdict(): SourceError | null;
  told(): readonly string[];
};

/** Reasons told one by one; the rest is counted. */
const MAX_TOLD = 50;

export function makeSkipLog(): SkipLog {
  const reasons: string[] = [];
  const refusals: Refusal[] = [];
  let total = 0;
  let kept = 0;
  function say(reason: string): void {
    total++;
    if (reasons.length < MAX_TOLD) reasons.push(reason);
  }
  return {
    say,
    skip(what, refusal) {
      refusals.push(refusal);
      say(`${what}: ${refusal.reason}`);
    },
    keep() {
      kept++;
    },
    verdict() {
      const [first] = refusals;
      if (kept > 0 || first === undefined) return null;
      const hostile = refusals.find((refusal) => refusal.hostile);
      const worst = hostile ?? first;
      return new SourceError(
        hostile === undefined ? 'changed' : 'too-big',
        worst.detail,
        `no event is left: ${worst.reason}`,
      );
    },
    told: () => (total > reasons.length ? [...reasons, `… and ${total - reasons.length} more`] : reasons),
  };
}
