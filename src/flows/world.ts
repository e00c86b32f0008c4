/** What every flow is handed: the store, the clock, the log and the way out to sources. */
import type { Pulse } from '../domain/bot-state.ts';
import type { Instant, Zone } from '../domain/calendar.ts';
import type { Ask, Span } from '../source/contract.ts';
import type { KeptPages } from '../source/kept.ts';
import type { Previous, Reading } from '../source/read.ts';
import type { CatalogueReading } from '../source/read-catalogue.ts';
import type { Look } from '../source/recognise.ts';
import type { SavedPage } from '../source/saved.ts';
import type { Catalogued, RecognisedAt, StrangerAt } from '../source/universities.ts';
import type { Store } from '../store/index.ts';
import type { Planner } from './planner.ts';

/** The subset of pino that we use: facts first, then a short sentence. */
export type Log = {
  debug(facts: object, text?: string): void;
  info(facts: object, text?: string): void;
  warn(facts: object, text?: string): void;
  error(facts: object, text?: string): void;
};

export type World = {
  readonly store: Store;
  now(): Instant;
  readonly log: Log;
  /** Reads one source completely; throws SourceError. */
  read(id: string, ask: Ask, span: Span, profile: 'pasted' | 'configured', previous?: Previous): Promise<Reading>;
  /** The universities that are configured: they list what there is to ask for. */
  universities(): Promise<readonly Catalogued[]>;
  /** Reads one catalogue completely; `previous` is the fingerprint of the last reading. Throws SourceError. */
  readCatalogue(university: Catalogued, span: Span, previous: string): Promise<CatalogueReading>;
  /** Of these universities (keys): whose sites addresses are, and whose timetables they name; asks nobody. */
  recognise(look: Look, keys: readonly string[]): Promise<readonly RecognisedAt[]>;
  /** A site of an engine we know, and no university of ours yet, that one of the addresses is of; asks nobody. */
  stranger(addresses: readonly string[]): Promise<StrangerAt | null>;
  /** Reads pages that were kept, by the code of today; throws SourceError. */
  reread(
    id: string,
    ask: Ask,
    span: Span,
    profile: 'pasted' | 'configured',
    pages: readonly SavedPage[],
  ): Promise<Extract<Reading, { status: 'read' }>>;
  /** Where pages that were not believed are kept. */
  readonly pages: KeptPages;
  /** Used where a source names no zone. */
  readonly zone: Zone;
  /** VK ids of those who run this bot (ADMIN_IDS). */
  readonly operators: readonly number[];
  /** Where the table to fill in can be downloaded; absent where nobody outside can reach us. */
  readonly templateUrl?: string | undefined;
  /** Plans a crowd beside the main thread; absent where the database has one reader. */
  readonly planner?: Planner | undefined;
  /** The program ends: what takes long stops where it loses nothing. Absent where nobody asks it to. */
  readonly stopping?: AbortSignal | undefined;
  /** How the way to VK does; absent where there is none. */
  pulse?(): Pulse;
  /** Says that the outbox has something to send now. */
  wake(): void;
};
