/** A site of an engine we know whose university is none of ours yet: people brought its pages. */
import type { Instant } from './calendar.ts';

export type Wanted = {
  readonly site: string;
  /** Folder of the engine's source. */
  readonly source: string;
  /** The JSON that is to be added to the engine's folder. */
  readonly draft: string;
  /** How many different people brought it, about. */
  readonly people: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
};
