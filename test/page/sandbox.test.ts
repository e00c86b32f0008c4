/** The sandbox's page in a real browser: one writes to a bot, reads its answer and presses its buttons. */
import { mkdirSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';

const WAIT = 10_000;
/** Where to keep pictures of what the browser showed, for a look by eye. */
const SHOTS = process.env.SHOTS;

const browser = await launch();

/** A Chromium from npm exists for Linux on x64 only; elsewhere the page is not tried. */
async function launch(): Promise<Browser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return skip('no Chromium in npm for this machine');
  try {
    const { default: bundled } = await import('@sparticuz/chromium');
    // Its own list of switches is for a cloud function: one process, no web security. Here an ordinary browser is wanted.
    const args = ['--no-sandbox', '--disable-gpu', '--headless=shell'];
    return await chromium.launch({ executablePath: await bundled.executablePath(), args, headless: true });
  } catch (error) {
    return skip(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function skip(why: string): undefined {
  process.stdout.write(`sandbox.test.ts: the page is not tried in a browser: ${why}\n`);
  return undefined;
}

/** Answers every message with what was said and two buttons, every press with a snackbar; ends with the sandbox. */
async function runEcho(vk: Sandbox): Promise<void> {
  async function call<T>(method: string, params: Record<string, string>): Promise<T> {
    const body = new URLSearchParams({ v: '5.199', access_token: vk.token, ...params });
    const answer = (await (await fetch(`${vk.apiUrl}/${method}`, { method: 'POST', body })).json()) as { response: T };
    return answer.response;
  }
  type Said = { message?: { peer_id: number; text: string }; user_id: number; peer_id: number; event_id: string };
  type Poll = { ts: string; updates?: { type: string; object: Said }[] };
  const server = await call<{ server: string; key: string; ts: string }>('groups.getLongPollServer', {
    group_id: String(vk.groupId),
  });
  const button = (type: string, label: string) => ({
    action: { type, label, payload: '{}' },
    color: type === 'text' ? 'primary' : 'secondary',
  });
  const link = { action: { type: 'open_link', label: 'Открыть', link: 'https://vk.com/' } };
  const keyboard = JSON.stringify({
    inline: true,
    buttons: [[button('callback', 'Тихо'), button('text', 'Завтра')], [link]],
  });
  const menu = JSON.stringify({ buttons: [[button('text', 'Сегодня'), button('text', 'Неделя')]] });
  for (let { ts } = server; ; ) {
    const answer = (await (
      await fetch(`${server.server}?act=a_check&key=${server.key}&ts=${ts}&wait=25`)
    ).json()) as Poll;
    ts = answer.ts;
    if (answer.updates === undefined) return;
    for (const { type, object } of answer.updates) {
      const { message } = object;
      if (type === 'message_event')
        await call('messages.sendMessageEventAnswer', {
          event_id: object.event_id,
          user_id: String(object.user_id),
          peer_id: String(object.peer_id),
          event_data: '{"type":"show_snackbar","text":"Тсс, до утра молчу"}',
        });
      else if (message) {
        const peer_id = String(message.peer_id);
        if (message.text === 'Начать')
          await call('messages.send', { peer_id, random_id: '0', message: 'Меню внизу', keyboard: menu });
        const text = `Ты: ${message.text}\n2. 09:45–11:20  Математический анализ (лек.)\n   404Л · Иванов И. И.`;
        await call('messages.send', { peer_id, random_id: '0', message: text, keyboard });
      }
    }
  }
}

async function openPage(
  options: { width?: number; dark?: boolean } = {},
): Promise<{ vk: Sandbox; page: Page; faults: string[] }> {
  const vk = await startSandbox({ dialogs: 'demo' });
  // The poll ends with the sandbox, whichever way: both are the end of the echo.
  void runEcho(vk).catch((error: unknown) => error);
  const page = await (browser as Browser).newPage({
    viewport: { width: options.width ?? 1100, height: 760 },
    colorScheme: options.dark === true ? 'dark' : 'light',
  });
  page.setDefaultTimeout(WAIT);
  onTestFinished(async () => {
    await page.close();
    await vk.close();
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => void faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && void faults.push(message.text()));
  await page.goto(vk.address);
  return { vk, page, faults };
}

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Сообщение', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

describe.runIf(browser !== undefined)('the page', () => {
  afterAll(() => browser?.close());

  it('begins a dialog, shows the answer with its lines, presses inline buttons and the keyboard', async () => {
    const { vk, page, faults } = await openPage();
    await page.getByRole('button', { name: 'Начать' }).click();
    await page.locator('#messages').getByText('Ты: Начать').waitFor();
    await write(page, 'ПИ-21');
    const answer = page.locator('#messages li').filter({ hasText: 'Ты: ПИ-21' });
    await answer.waitFor();
    expect(await answer.locator('.text').textContent()).toContain('\n2. 09:45–11:20  Математический анализ');
    await answer.getByRole('button', { name: 'Тихо' }).click();
    await page.getByRole('status').getByText('Тсс, до утра молчу').waitFor();
    await shoot(page, 'dm');
    await answer.getByRole('button', { name: 'Завтра' }).click();
    await page.locator('#messages').getByText('Ты: Завтра').waitFor();
    expect(await answer.getByRole('link', { name: 'Открыть' }).getAttribute('href')).toBe('https://vk.com/');
    await page.locator('#keyboard').getByRole('button', { name: 'Неделя' }).click();
    await page.locator('#messages').getByText('Ты: Неделя').waitFor();
    expect(vk.messages(1001).length).toBe(9);
    expect(faults).toEqual([]);
  });

  it('never takes a text for HTML', async () => {
    const { page, faults } = await openPage();
    const evil = '<img src=x onerror="document.title=1"><b>жирно</b> [club1|<i>имя</i>]';
    await write(page, evil);
    const own = page.locator('#messages li.own .text');
    await own.waitFor();
    expect(await own.textContent()).toBe('<img src=x onerror="document.title=1"><b>жирно</b> <i>имя</i>');
    expect(await own.locator('img, b, i').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('in the chat adds the bot, is heard when it is mentioned, marks what another has not read', async () => {
    const { page, faults } = await openPage();
    await page.locator('.line', { hasText: 'ПИ-21' }).click();
    await page.getByRole('button', { name: 'Добавить бота в беседу' }).click();
    await page.locator('#messages').getByText('Ты:').waitFor();
    await write(page, 'просто разговор');
    await write(page, '@zvonok завтра');
    await page.locator('#messages').getByText('Ты: @zvonok завтра').waitFor();
    expect(await page.locator('#messages').getByText('Ты: просто').count()).toBe(0);
    await page
      .getByRole('button', { name: /Звонок/ })
      .first()
      .click();
    await page.getByLabel('Ты сейчас').selectOption({ label: 'Борис Кузнецов' });
    await page.locator('.line', { hasText: 'ПИ-21' }).locator('.unread', { hasText: /^\d+$/ }).waitFor();
    await page.locator('.line', { hasText: 'ПИ-21' }).click();
    await page.locator('#messages .author').getByText('Аня Смирнова').first().waitFor();
    await shoot(page, 'chat');
    await page.locator('.line', { hasText: 'ПИ-21' }).locator('.unread').waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
  });

  it('shows the calls and lets a fault in', async () => {
    const { page } = await openPage({ dark: true });
    await page.getByRole('button', { name: 'Журнал', exact: true }).click();
    await page.getByRole('button', { name: 'Ошибка 10 ×1' }).click();
    await write(page, 'раз');
    await page.locator('#calls').getByText('● 10').first().waitFor();
    await write(page, 'два');
    await page.locator('#messages').getByText('Ты: два').waitFor();
    await shoot(page, 'log-dark');
  });

  it('fits a phone', async () => {
    const { page } = await openPage({ width: 390 });
    await page.getByLabel('Диалоги').waitFor();
    await shoot(page, 'phone-list');
    await page.locator('.line', { hasText: 'Звонок' }).click();
    await write(page, 'ПИ-21');
    await page.locator('#messages').getByText('Ты: ПИ-21').waitFor();
    await shoot(page, 'phone');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'К списку диалогов' }).click();
    await page.locator('.line', { hasText: 'создаёт беседу' }).waitFor();
    await page.locator('#talk').waitFor({ state: 'hidden' });
  });
});
