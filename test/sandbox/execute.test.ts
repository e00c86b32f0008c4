/** The reader of VKScript: JSON in, the same value out; anything else is refused, nothing is evaluated. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runScript } from '../../src/sandbox/execute.ts';
import { stage } from './client.ts';

const none = (): null => null;

describe('runScript', () => {
  it('reads every JSON value as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
        // JSON itself has no −0, so both sides are compared after one trip through it.
        const same: unknown = JSON.parse(JSON.stringify(value));
        expect(runScript(`return ${JSON.stringify(value)};`, none)).toEqual({ value: same });
      }),
    );
  });

  it('hands a method the text a form would hold', () => {
    const calls: unknown[] = [];
    runScript(`return API.a.b({"x":[1,2],'y':true,z:"it's",k:{"a":1},n:null});`, (method, params) =>
      calls.push([method, params]),
    );
    expect(calls).toEqual([['a.b', { x: '1,2', y: '1', z: "it's", k: '{"a":1}' }]]);
  });

  it.each([
    ['', 'return expected'],
    ['1', 'return expected'],
    ['return', 'unexpected token'],
    ['return 1; return 2;', 'unexpected token'],
    ['return [1 2];', "',' or ']'"],
    ['return "open', 'unterminated'],
    ['return process.exit();', 'unexpected token'],
    ['return API.a.b(5);', 'parameters'],
    ['return API.a.b({}', "')' expected"],
    ['return {1:2};', 'string expected'],
    ['return "\\u12";', 'bad escape'],
  ])('%s → cannot be read', (code, words) => {
    expect(runScript(code, none)).toEqual({ unreadable: expect.stringContaining(words) });
  });

  it('goes 64 levels deep, and answers a deeper script with error 12', async () => {
    const nested = (depth: number): string => `return ${'['.repeat(depth)}${']'.repeat(depth)};`;
    const { code } = await stage();
    expect(await code('execute', { code: nested(64) })).toBe(0);
    for (const depth of [65, 20_000]) expect(await code('execute', { code: nested(depth) })).toBe(12);
    expect(await code('execute', { code: `return ${'{a:'.repeat(20_000)}` })).toBe(12);
    expect(await code('execute', { code: `return ${'API.a.b({a:'.repeat(20_000)}` })).toBe(12);
  });

  it('always ends, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'return [{API.a.b("\'1,:;)}]\\'), maxLength: 60 }), (code) => {
        const read = runScript(code, none);
        expect('value' in read || read.unreadable.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
