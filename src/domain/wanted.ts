/** A site of an engine we know whose university is none of ours yet: people brought its pages. */
import type { Instant, Zone } from './calendar.ts';

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

/** What is read there already for those who brought it: how many timetables, and by whose clocks they said them to be. */
export type Tried = { readonly timetables: number; readonly zones: readonly Zone[] };
