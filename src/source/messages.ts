/** What the parent and its reading child say to each other. */
import type { Ask, Link, Listed, Page, Request, SourceProblem, Span, University } from './contract.ts';
import type { Pack, Printed } from './pack.ts';
import type { Look, Seen } from './recognise.ts';

export type Job = {
  readonly id: number;
  readonly source: string;
  readonly ask: Ask;
  /** Their bodies came before, in pieces. */
  readonly pages: readonly (Omit<Page, 'body'> & { readonly number: number })[];
  readonly span: Span;
  /** `plan` and `parse` of the source, the same of its catalogue, what the source says about itself with these options as the ask, or what it says of the addresses in `look`. */
  readonly work: 'plan' | 'parse' | 'plan-catalogue' | 'parse-catalogue' | 'describe' | 'recognise';
  readonly look?: Look;
};

/** A part of a page's body, `at` its place in the `size` bytes of all. */
export type Piece = {
  readonly page: number;
  readonly size: number;
  readonly at: number;
  readonly bytes: Uint8Array;
};

/** What the parent says. `more`: the last part is taken in, the next one may come. */
export type Told =
  | ({ readonly say: 'piece' } & Piece)
  | ({ readonly say: 'job' } & Job)
  | { readonly say: 'more'; readonly id: number };

/** What a source says about itself; `missing` are the options it needs and has not. */
export type About = {
  readonly name: string;
  readonly zone: string | null;
  readonly universities: readonly University[];
  readonly catalogue: boolean;
  readonly options: readonly string[];
  readonly missing: readonly string[];
};

export type Problem = {
  readonly kind: SourceProblem;
  readonly detail: string;
  readonly message: string;
  readonly suggestions: readonly string[];
  readonly links: readonly Link[];
};

/** `ready`: loaded and waiting. `begun`: the source is loaded, from here on its own time is measured. */
export type Reply =
  | { readonly say: 'ready' }
  | { readonly say: 'begun'; readonly id: number }
  | { readonly say: 'planned'; readonly id: number; readonly requests: readonly Request[] | 'done' }
  /** A part of the lessons, so that no message is large enough to hold up the parent; it is waited for `more`. */
  | { readonly say: 'lessons'; readonly id: number; readonly pack: Pack }
  | { readonly say: 'parsed'; readonly id: number; readonly rest: Omit<Printed, 'lessons'> }
  /** A part of a catalogue; the one that says `end` is the last, after the others it is waited for `more`. */
  | { readonly say: 'listed'; readonly id: number; readonly listed: readonly Listed[]; readonly end: boolean }
  | { readonly say: 'described'; readonly id: number; readonly about: About }
  | { readonly say: 'recognised'; readonly id: number; readonly seen: Seen }
  | { readonly say: 'failed'; readonly id: number; readonly problem: Problem };
