/** The pure parts: what is heard, what fits on a keyboard and into a message, what a refusal means. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKeyboard } from '../../src/sandbox/keyboard.ts';
import type { Button } from '../../src/text/message.ts';
import { callRuleOf, ruleOf, SEND_ERRORS } from '../../src/vk/errors.ts';
import { hear } from '../../src/vk/hear.ts';
import { inlineKeyboard, keyboardOf, ordinaryKeyboard } from '../../src/vk/keyboard.ts';
import { partsOf } from '../../src/vk/parts.ts';
import { randomIdOf } from '../../src/vk/random-id.ts';
import { readUpdate } from '../../src/vk/update.ts';

describe('what is heard', () => {
  test.each([
    ['[club1|@bot] завтра', 'завтра', true],
    ['[club1|Звонок], завтра', 'завтра', true],
    ['[CLUB1|@bot]завтра', 'завтра', true],
    ['[public1|@bot] — завтра', 'завтра', true],
    ['@club1 завтра', 'завтра', true],
    ['@club1 (Звонок) завтра', 'завтра', true],
    ['*club1 (Звонок), завтра', 'завтра', true],
    ['[club1|@bot] /завтра', 'завтра', true],
    ['/завтра', 'завтра', true],
    ['  / завтра', 'завтра', true],
    ['завтра [club1|@bot]', 'завтра', true],
    ['а завтра, [club1|@bot]?', 'а завтра', true],
    ['спроси [club1|@bot] про завтра', 'спроси [club1|@bot] про завтра', true],
    ['[club1|@bot]', '', true],
    ['[club1|@bot] [club1|@bot] неделя', 'неделя', true],
    ['[club1|@bot] Пн 1 матан\nВт 2 физика', 'Пн 1 матан\nВт 2 физика', true],
    ['завтра', 'завтра', false],
    ['[club12|@other] завтра', '[club12|@other] завтра', false],
    ['@club12 завтра', '@club12 завтра', false],
    ['[id1|@anya] завтра', '[id1|@anya] завтра', false],
    ['404Л/2', '404Л/2', false],
  ])('%j', (raw, text, addressed) => {
    expect(hear(raw, 1)).toEqual({ text, addressed });
  });
});

describe('trap 12: a keyboard always fits, whatever is put on it', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constant('🧑‍🎓'.repeat(30)),
  );
  const button = fc.oneof(
    fc.record({ label: word, say: word, edit: fc.boolean() }).map((made): Button => made),
    fc.record({ label: word, link: fc.oneof(fc.webUrl(), word) }).map((made): Button => made),
  );
  const rows = fc.array(fc.array(button, { maxLength: 8 }), { maxLength: 14 });

  test.each([true, false])('inline, callback %s', (callback) => {
    fc.assert(
      fc.property(rows, (some) => {
        const json = inlineKeyboard(some, callback)?.json;
        if (json !== undefined) expect(readKeyboard(json)).not.toHaveProperty('wrong');
      }),
    );
  });
  test('under the input field', () => {
    fc.assert(
      fc.property(rows, (some) => {
        expect(readKeyboard(ordinaryKeyboard(some).json ?? '')).not.toHaveProperty('wrong');
      }),
    );
  });
  test('what fits is kept whole, in order and with its words', () => {
    const rowsOfTwo = Array.from({ length: 5 }, (_, i) => [
      { label: `${i}а`, say: `скажи ${i}а` },
      { label: `${i}б`, say: `скажи ${i}б`, edit: true, color: 'primary' as const },
    ]);
    const made = inlineKeyboard(rowsOfTwo, true);
    expect(made?.dropped).toEqual([]);
    const { buttons } = JSON.parse(made?.json ?? '');
    expect(buttons).toHaveLength(5);
    expect(buttons[4][1]).toEqual({
      action: { type: 'callback', label: '4б', payload: '{"say":"скажи 4б","e":1}' },
      color: 'primary',
    });
  });
  test('rows that do not fit are left out and named; a wide row goes on below', () => {
    const eleven = [Array.from({ length: 11 }, (_, i) => ({ label: `${i}`, say: `${i}` }))];
    const made = inlineKeyboard(eleven, false);
    expect(JSON.parse(made?.json ?? '').buttons.map((row: unknown[]) => row.length)).toEqual([5, 5]);
    expect(made?.dropped).toEqual(['row 3 does not fit']);
  });
  test('a long label ends with «…», a payload over 255 bytes costs its button', () => {
    const made = inlineKeyboard(
      [
        [{ label: 'Очень длинное название преподаваемого предмета', say: 'да' }],
        [{ label: 'б', say: 'ы'.repeat(130) }],
      ],
      true,
    );
    const { buttons } = JSON.parse(made?.json ?? '');
    expect(buttons).toHaveLength(1);
    expect(buttons[0][0].action.label).toBe('Очень длинное название преподаваемого п…');
    expect(made?.dropped).toEqual(['button whose payload is over 255 bytes']);
  });
  test('no static keyboard in a chat; an empty one takes the old one away in a DM', () => {
    const message = { text: 'т', keyboard: [] };
    expect(keyboardOf(message, true, true)).toBeNull();
    expect(JSON.parse(keyboardOf(message, false, true)?.json ?? '')).toEqual({ one_time: true, buttons: [] });
    expect(keyboardOf({ text: 'т' }, false, true)).toBeNull();
  });
});

describe('long texts', () => {
  test('every part fits, is not empty, and no word or line is lost', () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom('а', 'б', ' ', '\n', '🧑‍🎓', '😀'), maxLength: 60 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 80 }), (lines, limit) => {
        const whole = lines.join('\n');
        const parts = partsOf(whole, limit);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
        for (const part of parts) expect(part.isWellFormed()).toBe(true);
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
    );
  });
  test('cuts between lines', () => {
    expect(partsOf('один два\n  три\nчетыре', 10)).toEqual(['один два', '  три', 'четыре']);
  });
});

test('trap 7: our random_id is a positive int32, the same for the same event', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const id = randomIdOf(seed);
      expect(id).toBe(randomIdOf(seed));
      expect(Number.isInteger(id) && id > 0 && id <= 0x7fff_ffff).toBe(true);
    }),
  );
  expect(new Set(Array.from({ length: 1000 }, (_, i) => randomIdOf(`event:${i}`))).size).toBe(1000);
});

describe('refusals', () => {
  const KINDS: Record<string, string> = {
    'disable-peer': 'gone',
    halt: 'halt',
    'halt-soft': 'halt',
    'halt-chats': 'chats-off',
    slow: 'slow',
    'delay-peer': 'slow',
    'pause-method': 'slow',
    retry: 'retry',
    bug: 'bug',
    degrade: 'bug',
    drop: 'bug',
    split: 'split',
    'delay-until-user-writes': 'until-writes',
  };
  const path = '../shared/data/vk/send-errors.json';
  test.skipIf(!existsSync(path))(
    'every known code has its class (skipped where the shared captures are absent)',
    () => {
      const known: { code: number; action: string }[] = JSON.parse(readFileSync(path, 'utf8'));
      expect(known.length).toBeGreaterThan(50);
      for (const { code, action } of known) expect([code, SEND_ERRORS.get(code)?.kind]).toEqual([code, KINDS[action]]);
    },
  );
  test('an unknown code costs the message, not the subscriber; 7 for a whole call is the token', () => {
    expect(ruleOf(4242).kind).toBe('bug');
    expect(ruleOf(7).kind).toBe('gone');
    expect(callRuleOf(7).kind).toBe('halt');
  });
});

describe('events as they come', () => {
  const message = { peer_id: 7, from_id: 7, text: 'привет' };
  const event = (more: object) => ({
    type: 'message_new',
    event_id: 'e1',
    object: { message: { ...message, ...more } },
  });
  test('trap 3: a payload that is no JSON is taken out, also of quoted messages; the rest stays', () => {
    const raw = event({
      payload: '{oops',
      reply_message: { payload: 'no', text: 'a' },
      fwd_messages: [{ payload: '}' }, null],
    });
    expect(readUpdate(raw, 1)).toEqual({
      id: 'e1',
      peer: 7,
      chatter: false,
      body: {
        type: 'message_new',
        group_id: 1,
        object: { client_info: {}, message: { ...message, reply_message: { text: 'a' }, fwd_messages: [{}] } },
      },
    });
    expect(readUpdate(event({ payload: '{"say":"да"}' }), 1)?.body).toHaveProperty(
      'object.message.payload',
      '{"say":"да"}',
    );
  });
  test('anything at all is an update or null, never an exception', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        readUpdate(raw, 1);
        readUpdate({ type: 'message_new', object: { message: raw } }, 1);
      }),
    );
  });
  test('an event without an id gets one from its content', () => {
    const { event_id: _, ...bare } = event({});
    expect(readUpdate(bare, 1)?.id).toBe(readUpdate(structuredClone(bare), 1)?.id);
    expect(readUpdate(bare, 1)?.id).not.toBe(
      readUpdate({ ...bare, object: { message: { ...message, text: 'ещё' } } }, 1)?.id,
    );
  });
});
