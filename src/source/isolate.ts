/** Owner of a warm, killable child in which sources read: a hostile page costs the child its life and us a sentence. */
import { type ChildProcess, fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Lesson } from '../domain/lesson.ts';
import { type Ask, type Listed, type Page, type Request, SourceError, type Span } from './contract.ts';
import type { Profile } from './http.ts';
import { SCRAPERS } from './load.ts';
import type { Log } from './log.ts';
import { residentOf } from './memory.ts';
import type { About, Job, Reply } from './messages.ts';
import { type Printed, unpacker } from './pack.ts';
import { jobSender, send } from './pages.ts';
import { type Look, NOTHING_SEEN, type Seen } from './recognise.ts';

/** `heap` in MB; `ms` from the moment the source is loaded; `starting` ms for the child and the source to load. */
export type ReaderLimits = { readonly heap: number; readonly ms: number; readonly starting?: number };

export type Reader = {
  /** Which pages are still needed. Throws SourceError. */
  plan(source: string, ask: Ask, pages: readonly Page[], span: Span): Promise<readonly Request[] | 'done'>;
  /** Pages to lessons, normalised. Throws SourceError; `too-big` (`time`, `memory`) when the child had to die. */
  parse(source: string, ask: Ask, pages: readonly Page[], span: Span): Promise<Printed>;
  /** The same two steps for what there is to ask for. Throws SourceError. */
  planCatalogue(source: string, ask: Ask, pages: readonly Page[], span: Span): Promise<readonly Request[] | 'done'>;
  parseCatalogue(source: string, ask: Ask, pages: readonly Page[], span: Span): Promise<readonly Listed[]>;
  /** What the source says about itself when the operator has set these options. Throws SourceError. */
  describe(source: string, options: Ask): Promise<About>;
  /** What the source says of addresses that a person pasted, or a page links to. Throws SourceError. */
  recognise(source: string, look: Look): Promise<Seen>;
  /** Ends what runs; that and all later work rejects with a plain Error: nothing is wrong with the source. */
  close(): Promise<void>;
};

const LIMITS: Record<Profile, ReaderLimits> = {
  // Dead within three seconds, the way to it and the kill included.
  pasted: { heap: 128, ms: 2_800 },
  configured: { heap: 1024, ms: 20_000 },
};
const STARTING = 20_000;
const ROOT = resolve(import.meta.dirname, '../..');
/** Code only: neither the environment's file nor the database is the child's to read. */
const READABLE = ['src/*', 'node_modules/*', 'package.json'].map((path) => join(ROOT, path));
/** Often enough to catch a page that fills gigabytes, seldom enough to cost nothing. */
const WATCH = 200;
/** Megabytes that the engine itself, young objects and the pages take beside the heap. */
const BESIDE_HEAP = 384;

/** One child, one job at a time. It is started by the first job and does not keep the program alive. */
export function createReader(options: {
  readonly profile: Profile;
  readonly scrapers?: string;
  readonly limits?: ReaderLimits;
  readonly log?: Log;
}): Reader {
  const limits = options.limits ?? LIMITS[options.profile];
  const scrapers = options.scrapers ?? SCRAPERS;
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let jobs = 0;
  let closed = false;
  const sendJob = jobSender();

  function hatch(): ChildProcess {
    const born = fork(join(import.meta.dirname, 'child.ts'), [scrapers], {
      // Reading code is all it may do on disk; it knows no secret of ours and no zone of this machine.
      execArgv: [
        `--max-old-space-size=${limits.heap}`,
        '--permission',
        ...[...READABLE, join(scrapers, '*')].map((path) => `--allow-fs-read=${path}`),
        '--disable-warning=ExperimentalWarning',
      ],
      env: { TZ: 'UTC' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    born.on('error', (error) => {
      options.log?.warn({ err: error }, 'the reading child has trouble');
      // One that was never born does not exit either.
      if (born.pid === undefined) forget(born);
    });
    born.once('exit', () => forget(born));
    return born;
  }

  /** The next job gets another child. */
  function forget(one: ChildProcess): void {
    if (child === one) child = null;
  }

  /** Lets the program end while the child idles, and keeps it while the child works. */
  function hold(one: ChildProcess, held: boolean): void {
    if (held) one.ref();
    else one.unref();
    if (held) one.channel?.ref();
    else one.channel?.unref();
  }

  function run({ pages, ...job }: Work): Promise<Result> {
    if (closed) return Promise.reject(new Error('the reader is closed'));
    const id = ++jobs;
    const worker = child ?? hatch();
    child = worker;
    hold(worker, true);
    return new Promise((done, fail) => {
      const lessons: Lesson[] = [];
      const unpack = unpacker();
      const listed: Listed[] = [];
      let killed: 'time' | 'memory' | null = null;
      let over = false;
      let timer = setTimeout(kill, limits.starting ?? STARTING, 'time');
      const watch = setInterval(() => {
        if ((residentOf(worker.pid ?? 0) ?? 0) > limits.heap + BESIDE_HEAP) kill('memory');
      }, WATCH);
      function kill(why: 'time' | 'memory'): void {
        killed = why;
        // Forgotten at once: the next job must not be handed to one that is dying.
        forget(worker);
        worker.kill('SIGKILL');
      }
      function end(): void {
        over = true;
        clearTimeout(timer);
        clearInterval(watch);
        worker.off('message', hear);
        worker.off('exit', gone);
        worker.off('error', unborn);
        if (child === worker) hold(worker, false);
      }
      /** What is no reply of ours comes from a child that is no longer ours: it dies, and we do not. */
      function hear(reply: Reply): void {
        try {
          take(reply);
        } catch (error) {
          forget(worker);
          worker.kill('SIGKILL');
          settle(() => fail(new SourceError('changed', 'unreadable', `${job.source}: ${String(error)}`)));
        }
      }
      function take(reply: Reply): void {
        if (reply.say === 'ready' || reply.id !== id) return;
        if (reply.say === 'begun') limit();
        else if (reply.say === 'lessons') {
          lessons.push(...unpack(reply.pack));
          next();
        } else if (reply.say === 'planned') settle(() => done({ ...NOTHING, requests: reply.requests }));
        else if (reply.say === 'parsed') settle(() => done({ ...NOTHING, read: { ...reply.rest, lessons } }));
        else if (reply.say === 'listed') {
          listed.push(...reply.listed);
          if (reply.end) settle(() => done({ ...NOTHING, listed }));
          else next();
        } else if (reply.say === 'recognised') settle(() => done({ ...NOTHING, seen: reply.seen }));
        else if (reply.say === 'described') settle(() => done({ ...NOTHING, about: reply.about }));
        else {
          const { kind, detail, message, suggestions, links } = reply.problem;
          settle(() => fail(Object.assign(new SourceError(kind, detail, message, suggestions), { links })));
        }
      }
      function limit(): void {
        clearTimeout(timer);
        timer = setTimeout(kill, limits.ms, 'time');
      }
      /** A part is taken in: whatever else waits in our loop comes first, then the next. Our own slowness is not the child's. */
      function next(): void {
        setImmediate(() => {
          if (over) return;
          limit();
          void send(worker, { say: 'more', id });
        });
      }
      function settle(how: () => void): void {
        end();
        how();
      }
      function gone(code: number | null, signal: string | null): void {
        end();
        fail(closed ? new Error('the reader is closed') : reasonOf(code, signal));
      }
      function reasonOf(code: number | null, signal: string | null): SourceError {
        if (killed === 'time') return new SourceError('too-big', 'time', `${job.source} takes too long`);
        // An engine out of memory aborts itself: a signal here, code 134 on Windows.
        if (killed === 'memory' || signal !== null || code === 134)
          return new SourceError('too-big', 'memory', `${job.source} takes too much memory (${signal ?? code})`);
        return new SourceError('changed', 'unreadable', `${job.source} ended its process (${code})`);
      }
      function unborn(error: Error): void {
        if (worker.pid !== undefined) return;
        end();
        fail(error);
      }
      worker.on('message', hear);
      worker.once('exit', gone);
      worker.on('error', unborn);
      void sendJob(worker, { ...job, id }, pages);
    });
  }

  function inTurn(job: Work) {
    const next = last.then(() => run(job));
    last = next.catch(() => undefined);
    return next;
  }

  return {
    plan: async (source, ask, pages, span) => (await inTurn({ source, ask, pages, span, work: 'plan' })).requests,
    parse: async (source, ask, pages, span) => (await inTurn({ source, ask, pages, span, work: 'parse' })).read,
    planCatalogue: async (source, ask, pages, span) =>
      (await inTurn({ source, ask, pages, span, work: 'plan-catalogue' })).requests,
    parseCatalogue: async (source, ask, pages, span) =>
      (await inTurn({ source, ask, pages, span, work: 'parse-catalogue' })).listed,
    async describe(source, options) {
      const { about } = await inTurn({ source, ask: options, pages: [], span: NO_DAYS, work: 'describe' });
      if (about === null) throw new Error(`the reading child did not describe ${source}`);
      return about;
    },
    recognise: async (source, look) =>
      (await inTurn({ source, ask: {}, pages: [], span: NO_DAYS, work: 'recognise', look })).seen,
    async close() {
      closed = true;
      const worker = child;
      if (worker === null) return;
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      hold(worker, true);
      worker.kill('SIGKILL');
      await exited;
    },
  };
}

/** A job before it is numbered, with its pages whole. */
type Work = Omit<Job, 'id' | 'pages'> & { readonly pages: readonly Page[] };

/** What a job gave; all but what it was for is empty. */
type Result = {
  readonly requests: readonly Request[] | 'done';
  readonly read: Printed;
  readonly listed: readonly Listed[];
  readonly about: About | null;
  readonly seen: Seen;
};

const NOTHING: Result = {
  requests: 'done',
  read: { zone: 'UTC', term: null, covers: null, lessons: [], skipped: [], print: '', prints: [] },
  listed: [],
  about: null,
  seen: NOTHING_SEEN,
};
const NO_DAYS: Span = { from: '1970-01-01', to: '1970-01-01', zone: 'UTC' };
