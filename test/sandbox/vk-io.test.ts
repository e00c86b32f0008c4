/** The real vk-io against the sandbox: it polls, reads, answers, presses, uploads and executes as it would with VK. */
import http from 'node:http';
import type https from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Keyboard, VK } from 'vk-io';
import { type Stage, stage } from './client.ts';

function bot({ vk }: Stage, more: Partial<ConstructorParameters<typeof VK>[0]> = {}): VK {
  const agent = new http.Agent({ keepAlive: true });
  const made = new VK({
    token: vk.token,
    apiBaseUrl: vk.apiUrl,
    pollingGroupId: vk.groupId,
    apiLimit: 20,
    // An http agent where its types want an https one.
    agent: agent as https.Agent,
    ...more,
  });
  onTestFinished(async () => {
    await made.updates.stop();
    agent.destroy();
  });
  return made;
}

describe('vk-io', () => {
  it('hears a message, answers with buttons and hears both kinds of press', async () => {
    const it = await stage();
    const { vk, anya } = it;
    const { updates } = bot(it);
    const keyboard = Keyboard.builder()
      .textButton({ label: 'Завтра', payload: { day: 1 } })
      .callbackButton({ label: 'Тихо', payload: { quiet: true } })
      .inline();
    updates.on('message_new', async (context) => {
      const { day } = (context.messagePayload ?? {}) as { day?: number };
      await context.send(day === undefined ? `Ты: ${context.text}` : `День ${day}`, { keyboard, random_id: 0 });
    });
    updates.on('message_event', (context) =>
      context.answer({ type: 'show_snackbar', text: JSON.stringify(context.eventPayload) }),
    );
    await updates.startPolling();
    const said = vk.say(anya, anya, 'а <b> & "в"');
    const first = await vk.waitFor(anya, (message) => message.from < 0, 5000, said);
    expect(first).toMatchObject({
      text: 'Ты: а <b> & "в"',
      keyboard: [[{ label: 'Завтра' }, { label: 'Тихо', type: 'callback' }]],
    });
    expect(await vk.press(anya, anya, first.cmid, 'Тихо')).toEqual({
      kind: 'answer',
      data: { type: 'show_snackbar', text: '{"quiet":true}' },
    });
    await vk.press(anya, anya, first.cmid, 'Завтра');
    await vk.waitFor(anya, (message) => message.text === 'День 1');
  });

  it('is added to a chat and mentioned there', async () => {
    const it = await stage();
    const { vk, anya, chat } = it;
    const { updates } = bot(it);
    updates.on('chat_invite_user', (context) => context.send(`Привет! ${context.eventMemberId}`, { random_id: 0 }));
    updates.on('message', (context) => context.send(`${context.isChat} ${context.text}`, { random_id: 0 }));
    await updates.startPolling();
    vk.inviteBot(chat, anya);
    await vk.waitFor(chat, (message) => message.text === `Привет! ${-vk.groupId}`);
    vk.say(anya, chat, '@zvonok сегодня');
    await vk.waitFor(chat, (message) => message.text === 'true [club123456|@zvonok] сегодня');
  });

  it('sends many in one execute, with an error for the one who did not allow it', async () => {
    const it = await stage();
    it.vk.allow(it.anya);
    const { api } = bot(it, { apiMode: 'parallel' });
    const sends = [it.anya, it.boris, it.anya].map((peer_id, index) =>
      api.messages
        .send({ peer_id, random_id: index + 1, message: `Письмо «${index}»\nстрока` })
        .then(String, (error: Error) => error.message),
    );
    const [first, second, third] = await Promise.all(sends);
    expect([first, third]).toEqual(['1', '2']);
    expect(second).toContain('without permission');
    expect(it.vk.calls.some((call) => call.method === 'execute')).toBe(true);
  });

  it('uploads a document and a picture and sends them', async () => {
    const it = await stage();
    const { vk, anya } = it;
    vk.allow(anya);
    const { api, upload } = bot(it);
    const value = Buffer.from('BEGIN:VCALENDAR');
    const source = { value, filename: 'пи-21.ics', contentType: 'text/calendar' };
    const document = await upload.messageDocument({ peer_id: anya, title: 'ПИ-21.ics', source });
    const png = Buffer.from('iVBORw0KGgo=', 'base64');
    const photo = await upload.messagePhoto({
      source: { value: png, filename: 'неделя.png', contentType: 'image/png' },
    });
    await api.messages.send({
      peer_id: anya,
      random_id: 0,
      message: 'Вот',
      attachment: [document, photo].map(String).join(','),
    });
    const [seen] = vk.messages(anya);
    expect(seen?.attachments).toMatchObject([
      { type: 'doc', doc: { title: 'ПИ-21.ics', owner_id: anya, size: value.length } },
      { type: 'photo', photo: { owner_id: -vk.groupId } },
    ]);
    const { doc } = (seen?.attachments[0] ?? {}) as { doc?: { url: string } };
    const back = await fetch(doc?.url ?? '');
    expect([back.headers.get('content-disposition')?.startsWith('attachment'), await back.text()]).toEqual([
      true,
      'BEGIN:VCALENDAR',
    ]);
  });
});
