/** Callback buttons: the event, its one minute, its one answer. */
import { describe, expect, it } from 'vitest';
import { keyboard, type Stage, stage } from './client.ts';

const CALLBACK = { type: 'callback', label: 'Неделя', payload: '{"c":"week"}' };

async function pressed(it: Stage, inline: boolean) {
  it.vk.allow(it.anya);
  const sent = keyboard([[CALLBACK]], inline ? { inline } : {});
  await it.call('messages.send', { peer_id: it.anya, random_id: 0, message: 'а', keyboard: sent });
  await it.updates();
  const result = it.vk.press(it.anya, it.anya, inline ? 1 : 0, 'Неделя');
  const [update] = await it.updates();
  const object = update?.object as { event_id: string; user_id: number; peer_id: number };
  const answer = (event_data?: string) =>
    it.code('messages.sendMessageEventAnswer', {
      event_id: object.event_id,
      user_id: object.user_id,
      peer_id: object.peer_id,
      ...(event_data === undefined ? {} : { event_data }),
    });
  return { update, result, answer };
}

describe('a callback button', () => {
  it('reaches the bot with its payload as an object, and its answer reaches the person', async () => {
    const it = await stage();
    const { update, result, answer } = await pressed(it, true);
    expect(update).toMatchObject({
      type: 'message_event',
      object: { user_id: it.anya, peer_id: it.anya, payload: { c: 'week' }, conversation_message_id: 1 },
    });
    const data = { type: 'show_snackbar', text: 'Готово' };
    expect(await answer(JSON.stringify(data))).toBe(0);
    expect(await result).toEqual({ kind: 'answer', data });
  });

  it('under the field has no message number', async () => {
    const { update, answer, result } = await pressed(await stage(), false);
    expect(update?.object).not.toHaveProperty('conversation_message_id');
    expect(await answer()).toBe(0);
    expect(await result).toEqual({ kind: 'answer', data: undefined });
  });

  it('takes one answer, within a minute', async () => {
    const it = await stage();
    const first = await pressed(it, true);
    expect(await first.answer()).toBe(0);
    expect(await first.answer()).toBe(100);
    const second = await pressed(it, false);
    it.clock.real += 60_000;
    expect(await second.answer()).toBe(100);
    expect(await it.code('messages.sendMessageEventAnswer', { event_id: 'x', user_id: 1, peer_id: 1 })).toBe(100);
  });

  it.each([
    ['{', 100],
    ['{"type":"dance"}', 100],
    ['{"type":"show_snackbar"}', 100],
    [`{"type":"show_snackbar","text":"${'я'.repeat(91)}"}`, 100],
    ['{"type":"open_link","link":"https://vk.com"}', 0],
    ['{"type":"open_app","app_id":1}', 0],
  ])('answered with %s → %d', async (data, code) => {
    const { answer } = await pressed(await stage(), true);
    expect(await answer(data)).toBe(code);
  });

  it('that nobody answers ends as «no answer»', async () => {
    const { result } = await pressed(await stage({ pressLife: 30 }), true);
    expect(await result).toEqual({ kind: 'no answer' });
  });

  it('is not there: the story is told so', async () => {
    const { vk, anya } = await stage();
    await expect(vk.press(anya, anya, 0, 'Нет такой')).rejects.toThrow('no button «Нет такой»');
  });
});
