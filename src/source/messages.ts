/** What the parent and its reading child say to each other. */
import type { Lesson } from '../domain/lesson.ts';
import type { Ask, Listed, Page, Request, SourceProblem, Span, University } from './contract.ts';
import type { Normalized } from './normalize.ts';

export type Job = {
  readonly id: number;
  readonly source: string;
  readonly ask: Ask;
  readonly pages: readonly Page[];
  readonly span: Span;
  /** `plan` and `parse` of the source, the same of its catalogue, or what the source says about itself with these options as the ask. */
  readonly work: 'plan' | 'parse' | 'plan-catalogue' | 'parse-catalogue' | 'describe';
};

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
};

/** `ready`: loaded and waiting. `begun`: the source is loaded, from here on its own time is measured. */
export type Reply =
  | { readonly say: 'ready' }
  | { readonly say: 'begun'; readonly id: number }
  | { readonly say: 'planned'; readonly id: number; readonly requests: readonly Request[] | 'done' }
  /** A part of the lessons, so that no message is large enough to hold up the parent. */
  | { readonly say: 'lessons'; readonly id: number; readonly lessons: readonly Lesson[] }
  | { readonly say: 'parsed'; readonly id: number; readonly rest: Omit<Normalized, 'lessons'> }
  /** A part of a catalogue; the one that says `end` is the last. */
  | { readonly say: 'listed'; readonly id: number; readonly listed: readonly Listed[]; readonly end: boolean }
  | { readonly say: 'described'; readonly id: number; readonly about: About }
  | { readonly say: 'failed'; readonly id: number; readonly problem: Problem };
