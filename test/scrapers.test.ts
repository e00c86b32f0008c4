/** Every folder of sources keeps the contract: who it is, what its saved pages read as, and that its reading is pure. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isZone } from '../src/domain/calendar.ts';
import { checkLesson, type Lesson } from '../src/domain/lesson.ts';
import { type Page, type Source, SourceError } from '../src/source/contract.ts';
import { listSources, loadSource, SCRAPERS } from '../src/source/load.ts';
import { normalize } from '../src/source/normalize.ts';
import { type Case, casesOf, outcomeOf, SPAN, travel } from './source/saved.ts';

const HOME_ZONE = process.env.TZ ?? 'UTC';
const folders = readdirSync(SCRAPERS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(SCRAPERS, entry.name, 'index.ts')))
  .map((entry) => entry.name);

function lessonsOf(source: Source, one: Case): readonly Lesson[] {
  const { outcome } = travel(source, one);
  return 'error' in outcome ? [] : normalize(outcome, zoneOf(source, one)).lessons;
}

function zoneOf({ universities = [], zone }: Source, { ask, span }: Case): string {
  return universities.find((university) => university.id === ask.university)?.zone ?? zone ?? span.zone;
}

/** Times as text that sorts; `24:00` never occurs. */
function ends(lesson: Lesson): readonly [start: string, end: string] {
  const { times } = lesson;
  if (times.on === 'weekly') return [times.start, times.end];
  return [`${times.day}T${times.start}`, `${times.endDay}T${times.end}`];
}

afterEach(() => {
  process.env.TZ = HOME_ZONE;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('the template is an example, no source; all else with an index is one', () => {
  expect(folders).toContain('_template');
  expect(listSources()).toEqual(folders.filter((id) => id !== '_template').sort());
});

describe.each(folders)('%s', (id) => {
  const cases = casesOf(id);
  const named = cases.map((one) => [one.name, one] as const);
  async function sourceOf(): Promise<Source> {
    const loaded: { default: Source } = await import(join(SCRAPERS, id, 'index.ts'));
    return loaded.default;
  }

  test('says who it is', async () => {
    const source = id === '_template' ? await sourceOf() : await loadSource(id);
    expect(source.id).toBe(id);
    expect(source.name).toMatch(/[а-яё]/i);
    for (const param of source.params) expect(param).toMatch(/^[a-z][a-zA-Z]*$/);
    if (source.zone !== undefined) expect(isZone(source.zone)).toBe(true);
    if (source.site !== undefined) expect(URL.canParse(source.site)).toBe(true);
    const universities = source.universities ?? [];
    expect(new Set(universities.map((one) => one.id)).size).toBe(universities.length);
    for (const one of universities) {
      expect([one.id, isZone(one.zone), URL.canParse(one.site)]).toEqual([
        expect.stringMatching(/^[a-z0-9-]+$/),
        true,
        true,
      ]);
    }
  });

  test('has a README that begins with its name', () => {
    expect(readFileSync(join(SCRAPERS, id, 'README.md'), 'utf8')).toMatch(/^# \S/);
  });

  test('has saved pages: good ones and refused ones', async () => {
    const source = await sourceOf();
    const kinds = cases.map((one) => 'error' in travel(source, one).outcome);
    expect(new Set(kinds)).toEqual(new Set([true, false]));
  });

  test('refuses in words what makes no sense: no answer, an empty one, noise', async () => {
    const source = await sourceOf();
    for (const one of cases) {
      const { pages } = travel(source, one);
      const bodies = [
        new Uint8Array(),
        new TextEncoder().encode('\0\ud83d<{["noise'),
        Uint8Array.from({ length: 999 }, (_, n) => n),
      ];
      outcomeOf(() => source.parse([], one.ask, one.span));
      for (const body of bodies) {
        const broken = pages.map((page) => ({ ...page, status: 200, body }));
        const outcome = outcomeOf(() => source.parse(broken, one.ask, one.span));
        // Nothing readable is never «no lessons»: everybody would be told that all is cancelled.
        expect('error' in outcome, `${one.name}: ${body.length} bytes of noise are believed`).toBe(true);
      }
    }
    for (const ask of [{}, Object.fromEntries(source.params.map((param) => [param, '']))]) {
      try {
        expect(source.plan(ask, [], SPAN)).not.toBe('done');
      } catch (error) {
        expect(error).toBeInstanceOf(SourceError);
      }
    }
  });

  describe.each(named)('%s', (_name, one) => {
    test('reads as was written down', async () => {
      const outcome: unknown = JSON.parse(JSON.stringify(travel(await sourceOf(), one).outcome));
      if ('error' in one.wanted) expect(outcome).toMatchObject(one.wanted);
      else expect(outcome).toEqual(one.wanted);
    });

    test('reads the same twice, in other zones and years, without the network, and leaves its pages as they were', async () => {
      const source = await sourceOf();
      const first = travel(source, one);
      const untouched = (pages: readonly Page[]): boolean =>
        pages.every(({ body }, n) =>
          Buffer.from(body).equals(readFileSync(join(one.folder, 'pages', one.saved[n]?.file ?? ''))),
        );
      const network = vi.spyOn(Socket.prototype, 'connect').mockImplementation(() => {
        throw new Error('a source reaches for the network');
      });
      vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
        throw new Error('a source reaches for the network');
      });
      for (const [zone, year] of [
        ['Pacific/Kiritimati', 2001],
        ['America/St_Johns', 2040],
      ] as const) {
        process.env.TZ = zone;
        expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(zone === 'Pacific/Kiritimati' ? -840 : 210);
        vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(year, 5, 15) });
        const again = travel(source, one);
        expect(again.outcome).toEqual(first.outcome);
        expect(untouched(again.pages)).toBe(true);
      }
      expect(untouched(first.pages)).toBe(true);
      expect(network).not.toHaveBeenCalled();
    });

    test('gives lessons an editor might have written, each once, that end after they start, within a year of what was asked', async () => {
      const lessons = lessonsOf(await sourceOf(), one);
      const years = [Number(one.span.from.slice(0, 4)) - 1, Number(one.span.to.slice(0, 4)) + 1];
      for (const lesson of lessons) {
        const [start, end] = ends(lesson);
        expect(end >= start, `${lesson.subject}: ${start} – ${end}`).toBe(true);
        // A moment, as a deadline in a calendar, is the one thing an editor may not write.
        if (end > start) expect(checkLesson(lesson)).toEqual(lesson);
        if (lesson.times.on === 'day') {
          expect(Number(lesson.times.day.slice(0, 4))).toBeGreaterThanOrEqual(years[0] ?? 0);
          expect(Number(lesson.times.day.slice(0, 4))).toBeLessThanOrEqual(years[1] ?? 0);
        }
      }
      const texts = lessons.map((lesson) => JSON.stringify(lesson));
      expect(texts.filter((text, n) => texts.indexOf(text) !== n)).toEqual([]);
    });
  });
});
