import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../src/domain/canonical.ts';
import { changeLine, entryOf, fireOf, line, randomIdOf, type Saying, sayingKey } from '../../src/domain/notice.ts';
import { occurrence, ZONE } from './arbitrary.ts';

const ROOM = occurrence('2026-11-24', '10:00', {
  note: 'тайна',
  place: { room: '404Л', link: 'https://call.example/1', format: 'hybrid' },
});
const SAYING: Saying = { kind: 'reminder', language: 'ru', zone: ZONE, lessons: [line(ROOM)] };

test('no link and no note ever gets into a saying', () => {
  const inside = JSON.stringify([
    line(ROOM),
    changeLine({ kind: 'altered', before: ROOM, after: ROOM, what: ['room'] }),
  ]);
  expect(inside).not.toContain('call.example');
  expect(inside).not.toContain('тайна');
  expect(line(ROOM)).toMatchObject({ room: '404Л', format: 'hybrid', start: '10:00' });
});

describe('canonical', () => {
  test('the order of keys does not show, everything else does', () => {
    expect(canonical({ b: 1, a: [{ d: null, c: 'x' }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
    expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('identities', () => {
  test('equal sayings have one key, others another', () => {
    expect(sayingKey(SAYING)).toMatch(/^[\w-]{16}$/);
    expect(sayingKey(JSON.parse(JSON.stringify(SAYING)))).toBe(sayingKey(SAYING));
    expect(sayingKey({ ...SAYING, language: 'en' })).not.toBe(sayingKey(SAYING));
  });

  test('homework is no part of the name, and yet another message', () => {
    const digest = (homework?: string): Saying => ({
      ...{ kind: 'evening', language: 'ru', zone: ZONE, day: '2026-11-24' },
      lessons: [{ ...line(ROOM), ...(homework === undefined ? {} : { homework }) }],
    });
    const entries = [digest(), digest('№5'), digest('№6')].map((saying) =>
      entryOf({ saying, due: 0, deadline: 1, peers: [1] }),
    );
    expect(new Set(entries.map(({ key }) => key)).size).toBe(1);
    expect(new Set(entries.map(({ fire }) => fire)).size).toBe(3);
    expect(entries[1]?.saying).toEqual(digest('№5'));
  });

  test('what is made of a saying that was named has a name of its own', () => {
    const key = sayingKey(SAYING);
    for (const other of [
      { ...SAYING, language: 'en' as const },
      { ...SAYING, zone: 'Asia/Omsk' },
      { ...SAYING, own: true as const },
      { ...SAYING, lessons: [] },
    ]) {
      expect(sayingKey(other)).not.toBe(key);
      expect(sayingKey(other)).toBe(sayingKey(structuredClone(other)));
    }
    expect(sayingKey({ ...SAYING })).toBe(key);
  });

  test('a fire is a key at a minute', () => {
    expect(fireOf(SAYING, 60_000).startsWith(sayingKey(SAYING))).toBe(true);
    expect(fireOf(SAYING, 60_000)).toBe(fireOf(SAYING, 119_999));
    expect(fireOf(SAYING, 60_000)).not.toBe(fireOf(SAYING, 120_000));
  });

  test('the random id is a positive int31, never 0', () => {
    fc.assert(
      fc.property(fc.string(), (fire) => {
        const id = randomIdOf(fire);
        expect(Number.isInteger(id) && id >= 1 && id <= 2 ** 31 - 1).toBe(true);
        expect(randomIdOf(fire)).toBe(id);
      }),
      { numRuns: 1000 },
    );
    const ids = new Set(Array.from({ length: 2000 }, (_, index) => randomIdOf(String(index))));
    expect(ids.size).toBeGreaterThan(1995);
  });

  test('an entry carries both', () => {
    const notice = { saying: SAYING, peers: [1, 2], due: 600_000, deadline: 700_000 };
    expect(entryOf(notice)).toEqual({ ...notice, key: sayingKey(SAYING), fire: fireOf(SAYING, 600_000) });
  });
});
