/** What the parent and its reading child say to each other. */
import type { Lesson } from '../domain/lesson.ts';
import type { Ask, Page, Request, SourceProblem, Span } from './contract.ts';
import type { Normalized } from './normalize.ts';

export type Job = {
  readonly id: number;
  readonly source: string;
  readonly ask: Ask;
  readonly pages: readonly Page[];
  readonly span: Span;
  readonly work: 'plan' | 'parse';
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
  | { readonly say: 'failed'; readonly id: number; readonly problem: Problem };
