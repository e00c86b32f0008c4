/** Entries found by what a pasted address says of them, and searches kept to some universities. */
import { expect, test } from 'vitest';
import { keyOf, type ListedKind } from '../../../src/domain/listed.ts';
import { digitsOf, fold } from '../../../src/domain/name.ts';
import type { Db, Store } from '../../../src/store/index.ts';
import {
  findAsked,
  findListings,
  keepUniversity,
  type ListingQuery,
  readUniversities,
  switchOffOthers,
  writeListings,
} from '../../../src/store/index.ts';
import { NOW } from '../make.ts';

export function askedContract(handle: () => Store): void {
  const db = (): Db => handle().db;

  function university(key: string): Promise<void> {
    return keepUniversity(db(), { key, name: key, zone: 'Europe/Moscow', nextCheck: NOW });
  }
  function list(university: string, kind: ListedKind, ...names: string[]): Promise<void> {
    const insert = names.map((name, at) => ({
      ...{ university, kind, name, folded: fold(name), digits: digitsOf(name), key: keyOf(kind, name) },
      ...{ source: 'ruz', ask: { id: String(at), [kind]: name } },
    }));
    return writeListings(db(), { insert, remove: [], update: [] });
  }
  const names = async (query: ListingQuery): Promise<string[]> =>
    (await findListings(db(), query, { home: [], limit: 50 })).map((one) => `${one.university} ${one.name}`);

  test('an entry is found by a part of its ask, of its university and kind alone, and never by a part of a number', async () => {
    await university('asu');
    await university('hse');
    await list('asu', 'group', ...Array.from({ length: 12 }, (_, at) => `ПИ-${at}`));
    await list('asu', 'teacher', 'Иванов');
    await list('hse', 'group', 'ЭК-1');
    const asked = async (key: string, kind: ListedKind, ask: Record<string, string>) =>
      (await findAsked(db(), { university: key, kind, ask }))?.name ?? null;
    expect(await asked('asu', 'group', { id: '1' })).toBe('ПИ-1');
    expect(await asked('asu', 'group', { id: '11' })).toBe('ПИ-11');
    expect(await asked('asu', 'group', { id: '1', group: 'ПИ-1' })).toBe('ПИ-1');
    expect(await asked('asu', 'teacher', { id: '0' })).toBe('Иванов');
    expect(await asked('hse', 'group', { id: '0' })).toBe('ЭК-1');
    for (const id of ['12', '%', '_', '', '"']) expect(await asked('asu', 'group', { id }), id).toBe(null);
    await switchOffOthers(db(), ['hse']);
    expect(await asked('asu', 'group', { id: '1' })).toBe(null);
  });

  test('a search can be kept to some universities', async () => {
    await university('asu');
    await university('hse');
    await list('asu', 'group', 'ПИ-21');
    await list('hse', 'group', 'ПИ-21');
    expect(await names({ folded: fold('ПИ-21'), among: ['hse'] })).toEqual(['hse ПИ-21']);
    expect(await names({ folded: fold('ПИ-21') })).toHaveLength(2);
  });

  test('whose addresses are known: universities that are switched on and whose catalogue is read', async () => {
    await university('hse');
    await university('asu');
    await keepUniversity(db(), { key: 'demo', name: 'Демо', zone: 'Europe/Moscow', nextCheck: null });
    expect(await readUniversities(db())).toEqual([
      { key: 'asu', name: 'asu' },
      { key: 'hse', name: 'hse' },
    ]);
    await switchOffOthers(db(), ['hse']);
    expect((await readUniversities(db())).map(({ key }) => key)).toEqual(['hse']);
  });
}
