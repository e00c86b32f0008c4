/** Options of sources as the operator writes them. */
import { expect, test } from 'vitest';
import { readOptions, variableOf } from '../../src/source/options.ts';

const IDS = ['asu', 'bmstu', 'my-site', 'my'];

test.each([
  [{ SOURCE_ASU_TOKEN: ' secret ' }, { asu: { token: 'secret' } }, []],
  [
    { SOURCE_ASU_TOKEN: 'secret', SOURCE_ASU_MODE: 'html', SOURCE_BMSTU_WEEK1: '2026-08-31' },
    { asu: { token: 'secret', mode: 'html' }, bmstu: { week1: '2026-08-31' } },
    [],
  ],
  // The longest id that fits.
  [{ SOURCE_MY_SITE_KEY: '1', SOURCE_MY_KEY: '2' }, { 'my-site': { key: '1' }, my: { key: '2' } }, []],
  // An empty value is none; SOURCES is another setting; a key must follow.
  [{ SOURCE_ASU_TOKEN: '', SOURCES: 'asu', PATH: '/bin' }, {}, []],
  [{ SOURCE_ASUU_TOKEN: 'secret', SOURCE_ASU_: 'x' }, {}, ['SOURCE_ASUU_TOKEN', 'SOURCE_ASU_']],
])('%j', (env, of, strange) => {
  const read = readOptions(env, IDS);
  expect(Object.fromEntries(read.of)).toEqual(of);
  expect(read.strange).toEqual(strange);
});

test('a variable is named as it is read', () => {
  expect(readOptions({ [variableOf('my-site', 'week1')]: 'x' }, IDS).of.get('my-site')).toEqual({ week1: 'x' });
});
