/** A script of calls and its answer: any text survives, and every refusal finds its call. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runScript } from '../../src/sandbox/execute.ts';
import { answersOf, literalOf, scriptOf } from '../../src/vk/execute.ts';

describe('reading the answer of an execute', () => {
  const error = (code: number, method = 'messages.send') => ({ code, method, message: 'words' });
  const refused = (code: number) => ({ ok: false, code, text: 'words' });

  test('each `false` takes the next error, whatever stands between', () => {
    expect(answersOf({ response: [false, [1], false, [2]], errors: [error(901), error(917)] }, 4)).toEqual([
      refused(901),
      { ok: true, response: [1] },
      refused(917),
      { ok: true, response: [2] },
    ]);
  });

  test('an error of the script itself is not one of a call', () => {
    expect(answersOf({ response: [false, [1]], errors: [error(901), error(901, 'execute')] }, 2)).toEqual([
      refused(901),
      { ok: true, response: [1] },
    ]);
  });

  test('when errors and refusals do not pair up, nobody is blamed', () => {
    const [first, second, third] = answersOf({ response: [false, [1], false], errors: [error(901)] }, 3) ?? [];
    expect([first, third].map((answer) => answer?.ok === false && answer.code)).toEqual([0, 0]);
    expect(second?.ok).toBe(true);
  });

  test.each([null, 1, { response: null, errors: [] }, { response: [[1]], errors: [] }])('%j says nothing', (answer) => {
    expect(answersOf(answer, 2)).toBeNull();
  });
});

describe('strings from outside in a script', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '"});return API.account.ban();//',
      "'];",
      '\\',
      '\\"',
      '\u2028\u2029',
      '\0',
      '</script>',
      '&lt;',
      '\ud800',
    ),
    fc
      .array(fc.constantFrom('"', "'", '\\', '\n', '\r', '\u2028', '\u2029', '<', '`', '$', '{', 'я', '😀'))
      .map((parts) => parts.join('')),
  );

  test('any text comes out of the emulator’s reader as it went in', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 25 }), (messages) => {
        const heard: string[] = [];
        const code = scriptOf(messages.map((message, i) => literalOf({ message, random_id: i, keyboard: undefined })));
        const read = runScript(code, (method, params) => {
          expect(method).toBe('messages.send');
          expect(Object.keys(params).sort()).toEqual(['message', 'random_id']);
          heard.push(params.message ?? '');
          return 1;
        });
        expect(read).toEqual({ value: messages.map(() => 1) });
        expect(heard).toEqual(messages);
        expect(code).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
      { numRuns: 500 },
    );
  });
});
