/** What a scraper is: pure planning and pure reading; the program fetches for it. */
import type { Day, Term, Zone } from '../domain/calendar.ts';

/** What is asked of a source, e.g. `{ url: 'https://…/feed.ics' }` or `{ group: 'ПИ-21' }`. */
export type Ask = Readonly<Record<string, string>>;

/** The days wanted (`to` exclusive) and the zone for times that name none. */
export type Span = { readonly from: Day; readonly to: Day; readonly zone: Zone };

export type Request = {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds to the next request of the same host; set from the source's `pause`, which is in seconds. */
  readonly pause?: number;
  /**
   * Seconds for which an answer got before will do while all other pages are as they were: for lists that many ask for, and days
   * far ahead. A change in any page has all of them fetched anew, so that no lesson is ever read from an old answer.
   */
  readonly goodFor?: number;
};

/** A fetched answer; header names in lower case; the body as bytes, since only the source knows its encoding. */
export type Page = {
  readonly request: Request;
  /** The address after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** One lesson as the site prints it: strings, uncleaned. `day` + times for a dated lesson, `weekday` + `weeks` for a template. */
export type RawLesson = {
  readonly id?: string;
  /** `YYYY-MM-DD`. */
  readonly day?: string;
  readonly endDay?: string;
  /** «Пн», «понедельник», «1». */
  readonly weekday?: string;
  /** «чёт», «нечёт», «1-5,9», '' = every week. */
  readonly weeks?: string;
  /** «9:00», or both ends «9:00–10:35» with `end` absent. */
  readonly start?: string;
  readonly end?: string;
  readonly allDay?: boolean;
  readonly number?: string;
  readonly subject: string;
  readonly kind?: string;
  readonly teachers?: readonly string[];
  readonly room?: string;
  readonly link?: string;
  readonly subgroup?: string;
  readonly note?: string;
  readonly cancelled?: boolean;
  /** The source itself marks it as changed: «замена», «перенос». What was changed is told by comparing readings. */
  readonly changed?: boolean;
};

/** What one complete reading of a source gave. `skipped` says in words what was left out and why. */
export type Parsed = {
  readonly name?: string;
  /** The zone all `day`/`start` strings are written in, when the source says one. */
  readonly zone?: Zone;
  /** What dates the weekly lessons; without it they have none. */
  readonly term?: Term;
  /** The days that were really read (`to` exclusive); absent = the whole span asked. Beyond them nothing is known, so nothing is missing. */
  readonly covers?: { readonly from: Day; readonly to: Day };
  readonly lessons: readonly RawLesson[];
  readonly skipped: readonly string[];
};

export type SourceProblem =
  /** Network, DNS, TLS, timeout, 5xx. */
  | 'unreachable'
  /** 401, 403, a challenge page. */
  | 'blocked'
  /** It answered, but not in the shape we know: HTML instead of a calendar, a cut file. */
  | 'changed'
  /** No such group or calendar (404 too); `suggestions` may help. */
  | 'unknown-param'
  /** An honest «not published yet». */
  | 'not-published'
  /** Our own refusal: a private address, a forbidden scheme or port. */
  | 'refused'
  /** Over a bound: bytes, events, time, memory, a recurrence rule that explodes. */
  | 'too-big';

/** What a page leads to, absolute, and the words it is shown with ('' for what is embedded or only mentioned). */
export type Link = { readonly address: string; readonly words: string };

/** Why a reading failed. `message` is for the log (English); `kind` and `detail` choose the sentence a person reads. */
export class SourceError extends Error {
  readonly kind: SourceProblem;
  /** A short word that refines the kind: 'html', 'empty', 'cut', 'timeout', 'http-404', 'private-address', 'rule', … */
  readonly detail: string;
  readonly suggestions: readonly string[];
  /** Milliseconds for which the whole host wants to be left alone, where it said so. */
  readonly retryAfter: number | null;
  /** What had been fetched when the reading failed; filled by who fetched it. */
  pages: readonly Page[] = [];
  /** Where a web page that came instead leads to; filled by the source that met it. */
  links: readonly Link[] = [];

  constructor(
    kind: SourceProblem,
    detail: string,
    message: string,
    suggestions: readonly string[] = [],
    retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'SourceError';
    this.kind = kind;
    this.detail = detail;
    this.suggestions = suggestions;
    this.retryAfter = retryAfter;
  }
}

/** One university of an engine shared by many, e.g. of `scrapers/ruz/universities/*.json`. */
export type University = { readonly id: string; readonly name: string; readonly zone: Zone; readonly site: string };

/** Something that has a timetable, as a catalogue lists it. `ask` is what `plan` and `parse` want to read it. */
export type Listed = { readonly kind: 'group' | 'teacher' | 'room'; readonly name: string; readonly ask: Ask };

/** What there is to ask for: pure like the reading itself. Bound by name; ids may change with every year. */
export type Catalogue = {
  /** `ask.university` names the university of an engine. */
  plan(ask: Ask, pages: readonly Page[], span: Span): readonly Request[] | 'done';
  parse(pages: readonly Page[], ask: Ask, span: Span): readonly Listed[];
};

/** What the address of a page that people look at names: a university of an engine, and whose timetable where it says so. */
export type Recognised = {
  readonly university?: string;
  /** Those keys of a catalogue entry's ask by which it is found again; null when only the university is known. */
  readonly entry: { readonly kind: Listed['kind']; readonly ask: Ask } | null;
};

/** A site of an engine that no JSON tells of yet, as the address of one of its pages betrays it. */
export type Stranger = {
  /** Where its pages begin, e.g. `https://edu.example.ru/WebApp/#/Rasp`: one and the same for every page of it. */
  readonly site: string;
  /** The JSON that an operator adds, with what the address tells filled in and '?' where it does not. */
  readonly draft: Readonly<Record<string, unknown>>;
  /** Whose timetable the address names, as `Recognised` says it; null where it names none by which it could be found again. */
  readonly entry: Recognised['entry'];
};

export type Source = {
  /** Folder name under `scrapers/`. */
  readonly id: string;
  readonly name: string;
  /** Zone of the source where it says none; undefined = the configured TIME_ZONE. */
  readonly zone?: Zone;
  /** Where people look at it themselves. */
  readonly site?: string;
  /** Universities of an engine shared by many: then `ask.university` names one, and its zone is the lessons' zone. */
  readonly universities?: readonly University[];
  readonly catalogue?: Catalogue;
  /**
   * Whose timetable a page's address names; several when universities share a site, none when it names only a university:
   * `site` tells that much. Pure.
   */
  recognise?(address: string): Recognised | readonly Recognised[] | null;
  /**
   * A site of this engine that is none of its universities, by the address of any page of it; null for all others. It can be
   * read all the same: an ask names its `site` and the `zone` of its clocks in place of `university`, and what is asked for by
   * name, or by the keys of `entry` with an empty name. What was read then says the name.
   */
  stranger?(address: string): Stranger | null;
  /** Seconds from one request to the next where the site wants more peace than the usual one; less is not granted. */
  readonly pause?: number;
  /** Names of the keys an ask must have. */
  readonly params: readonly string[];
  /**
   * Keys that the operator may set as `SOURCE_<ID>_<KEY>`: `plan` and `parse` find them in the ask, a catalogue never lists
   * them, and they are neither stored nor logged.
   */
  readonly options?: readonly string[];
  /** Of the options, those without which nothing can be read with what is set; absent = all may be left out. Pure. */
  missing?(options: Ask): readonly string[];
  /** What to fetch next, given what was fetched; 'done' when the pages suffice. Pure. */
  plan(ask: Ask, pages: readonly Page[], span: Span): readonly Request[] | 'done';
  /** Pages to lessons. Pure; throws SourceError. */
  parse(pages: readonly Page[], ask: Ask, span: Span): Parsed;
};

/** The source's next requests, each with the pause the source asks for. Throws SourceError. */
export function planOf(source: Source, ask: Ask, pages: readonly Page[], span: Span): readonly Request[] | 'done' {
  return paced(source, source.plan(ask, pages, span));
}

/** The same requests, each with the pause its source asks for. */
export function paced({ pause }: Source, requests: readonly Request[] | 'done'): readonly Request[] | 'done' {
  if (requests === 'done' || pause === undefined) return requests;
  return requests.map((request) => ({ ...request, pause: pause * 1000 }));
}

/** Marks a source and checks its shape where it is written. */
export function defineSource(source: Source): Source {
  return source;
}
