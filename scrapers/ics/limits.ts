/** How much one calendar may ask of us: bounds for what a person pastes and for what the operator configures. */
import { SourceError } from '#source';

export type Limits = {
  readonly bytes: number;
  readonly events: number;
  /** Occurrences inside the window. */
  readonly occurrences: number;
  /** Starts a rule may produce before EXDATE takes some away, over the whole file. */
  readonly generated: number;
  /** Characters in one unfolded line that we need. */
  readonly line: number;
  /** Values in all EXDATE lines of one event; the same for RDATE. */
  readonly dates: number;
};

export const PASTED: Limits = {
  bytes: 5_000_000,
  events: 5_000,
  occurrences: 20_000,
  generated: 60_000,
  line: 65_536,
  dates: 1_000,
};

export const CONFIGURED: Limits = {
  bytes: 64_000_000,
  events: 150_000,
  occurrences: 300_000,
  generated: 900_000,
  line: 65_536,
  dates: 1_000,
};

/** The refusal for a bound that was passed. `detail` is the bound's name. */
export function tooBig(detail: string, message: string): SourceError {
  return new SourceError('too-big', detail, message);
}
