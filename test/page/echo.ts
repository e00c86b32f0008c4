/** A bot of a few lines for the page's tests: repeats what it hears with buttons, and knows a few words. */
import type { Sandbox } from '../../src/sandbox/index.ts';

type Said = { message?: { peer_id: number; text: string }; user_id: number; peer_id: number; event_id: string };
type Poll = { ts: string; updates?: { type: string; object: Said }[] };

const LESSON = '2. 09:45–11:20  Математический анализ (лек.)\n   404Л · Иванов И. И.';
/** One grey pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

const button = (type: string, label: string) => ({
  action: { type, label, payload: '{}' },
  color: type === 'text' ? 'primary' : 'secondary',
});
const INLINE = JSON.stringify({
  inline: true,
  buttons: [
    [button('callback', 'Тихо'), button('text', 'Завтра')],
    [{ action: { type: 'open_link', label: 'Открыть', link: 'https://vk.com/' } }, button('callback', 'Ссылка')],
  ],
});
const MENU = JSON.stringify({ buttons: [[button('text', 'Сегодня'), button('text', 'Неделя')]] });

/** Runs until the sandbox closes; a call that failed is not repeated. */
export async function runEcho(vk: Sandbox): Promise<void> {
  let presses = 0;
  async function call<T>(method: string, params: Record<string, string>): Promise<T> {
    const body = new URLSearchParams({ v: '5.199', access_token: vk.token, ...params });
    const answer = (await (await fetch(`${vk.apiUrl}/${method}`, { method: 'POST', body })).json()) as { response: T };
    return answer.response;
  }
  const send = (peer: number, message: string, more: Record<string, string> = {}) =>
    call<number>('messages.send', { peer_id: String(peer), random_id: '0', message, ...more });

  async function upload(
    kind: 'doc' | 'photo',
    address: string,
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
    type: string,
  ) {
    const form = new FormData();
    form.set(kind === 'doc' ? 'file' : 'photo', new Blob([bytes], { type }), name);
    return (await (await fetch(address, { method: 'POST', body: form })).json()) as Record<string, string>;
  }
  async function sendFiles(peer: number): Promise<void> {
    const docs = await call<{ upload_url: string }>('docs.getMessagesUploadServer', { peer_id: String(peer) });
    const calendar = new TextEncoder().encode('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
    const { file = '' } = await upload('doc', docs.upload_url, 'пи-21.ics', calendar, 'text/calendar');
    const { doc } = await call<{ doc: { id: number; owner_id: number } }>('docs.save', { file, title: 'ПИ-21.ics' });
    const photos = await call<{ upload_url: string }>('photos.getMessagesUploadServer', {});
    const { photo = '' } = await upload(
      'photo',
      photos.upload_url,
      'неделя.png',
      Buffer.from(PIXEL, 'base64'),
      'image/png',
    );
    const [saved] = await call<{ id: number; owner_id: number }[]>('photos.saveMessagesPhoto', { photo });
    const attachment = `doc${doc.owner_id}_${doc.id},photo${saved?.owner_id}_${saved?.id}`;
    await send(peer, 'Календарь и картинка', { attachment });
  }

  async function hear(peer: number, text: string): Promise<void> {
    if (text === 'Начать') await send(peer, 'Меню внизу', { keyboard: MENU });
    if (text === 'файл') return sendFiles(peer);
    if (text === 'думай') return void (await call('messages.setActivity', { peer_id: String(peer), type: 'typing' }));
    if (text.endsWith('закрепи')) {
      await send(peer, 'Чернов');
      const { items } = await call<{ items: { last_conversation_message_id: number }[] }>(
        'messages.getConversationsById',
        {
          peer_ids: String(peer),
        },
      );
      const cmid = String(items[0]?.last_conversation_message_id);
      await call('messages.edit', { peer_id: String(peer), cmid, message: 'Чистовик' });
      return void (await call('messages.pin', { peer_id: String(peer), cmid }));
    }
    await send(peer, `Ты: ${text}\n${LESSON}`, { keyboard: INLINE });
  }

  const server = await call<{ server: string; key: string; ts: string }>('groups.getLongPollServer', {
    group_id: String(vk.groupId),
  });
  for (let { ts } = server; ; ) {
    const asked = await fetch(`${server.server}?act=a_check&key=${server.key}&ts=${ts}&wait=25`);
    const answer = (await asked.json()) as Poll;
    ts = answer.ts;
    if (answer.updates === undefined) return;
    for (const { type, object } of answer.updates) {
      if (type === 'message_event') await answerPress(object);
      else if (object.message) await hear(object.message.peer_id, object.message.text);
    }
  }

  /** Every other press is answered with a link. */
  async function answerPress({ event_id, user_id, peer_id }: Said): Promise<void> {
    presses += 1;
    const event_data =
      presses % 2 === 1
        ? { type: 'show_snackbar', text: 'Тсс, до утра молчу' }
        : { type: 'open_link', link: 'https://vk.com/' };
    await call('messages.sendMessageEventAnswer', {
      event_id,
      user_id: String(user_id),
      peer_id: String(peer_id),
      event_data: JSON.stringify(event_data),
    });
  }
}
