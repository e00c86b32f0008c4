/** The sandbox's page in a real browser: one writes to a bot, presses its buttons, breaks things and moves the clock. */
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createClock, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { launch, openPage, shoot, write } from './browser.ts';
import { runEcho } from './echo.ts';

const browser = await launch();

async function stage({
  host = '127.0.0.1',
  ...options
}: {
  host?: string;
  width?: number;
  dark?: boolean;
} = {}): Promise<{ vk: Sandbox; page: Page }> {
  const clock = createClock();
  const vk = await startSandbox({ dialogs: 'demo', clock });
  // The poll ends with the sandbox, whichever way: both are the end of the echo.
  void runEcho(vk).catch((error: unknown) => error);
  onTestFinished(() => vk.close());
  return { vk, page: await openPage(browser, vk.address.replace('127.0.0.1', host), options) };
}

const messages = (page: Page) => page.getByRole('list', { name: 'Сообщения' });
const message = (page: Page, text: string) => messages(page).locator('li').filter({ hasText: text }).last();
const line = (page: Page, title: string) => page.locator('.line', { has: page.getByText(title, { exact: true }) });

describe.runIf(browser !== undefined)('the page', { timeout: 60_000 }, () => {
  afterAll(() => browser?.close());

  it('begins a dialog, shows the answer with its lines, presses inline buttons and the keyboard', async () => {
    const { vk, page } = await stage();
    await page.getByRole('button', { name: 'Начать' }).click();
    await message(page, 'Ты: Начать').waitFor();
    await write(page, 'сегодня');
    const answer = message(page, 'Ты: сегодня');
    await answer.waitFor();
    expect(await answer.locator('.text').textContent()).toContain('\n2. 09:45–11:20  Математический анализ');
    await answer.getByRole('button', { name: 'Тихо' }).click();
    await page.getByRole('alert').getByText('Тсс, до утра молчу').waitFor();
    await answer.getByRole('button', { name: 'Завтра' }).click();
    await message(page, 'Ты: Завтра').waitFor();
    expect(await answer.getByRole('link', { name: 'Открыть' }).getAttribute('href')).toBe('https://vk.com/');
    await answer.getByRole('button', { name: 'Ссылка' }).click();
    await page.getByRole('alert').getByText('Бот открывает ссылку https://vk.com/').waitFor();
    await page.getByRole('region', { name: 'Клавиатура бота' }).getByRole('button', { name: 'Неделя' }).click();
    await message(page, 'Ты: Неделя').waitFor();
    expect(vk.messages(1001)).toHaveLength(9);
    await shoot(page, 'echo-dm');
  });

  it('never takes a text for HTML', async () => {
    const { page } = await stage();
    await write(page, '<img src=x onerror="document.title=1"><b>жирно</b> [club1|<i>имя</i>]');
    const own = messages(page).locator('.own .text');
    await own.waitFor();
    expect(await own.textContent()).toBe('<img src=x onerror="document.title=1"><b>жирно</b> <i>имя</i>');
    expect(await own.locator('img, b, i').count()).toBe(0);
  });

  it('grows the field with the text and shrinks it once that is sent', async () => {
    const { page } = await stage();
    const field = page.getByRole('textbox', { name: 'Сообщение' });
    const height = () => field.evaluate((element) => Number(Reflect.get(element, 'offsetHeight')));
    const low = await height();
    await field.fill('раз\nдва\nтри\nчетыре');
    await expect.poll(height).toBeGreaterThan(low);
    await page.keyboard.press('Enter');
    await expect.poll(height).toBe(low);
  });

  it('in the chat adds the bot, is heard when it is mentioned, marks what another has not read', async () => {
    const { page } = await stage();
    await line(page, 'ПИ-21').click();
    await page.getByRole('button', { name: 'Добавить бота в беседу' }).click();
    await message(page, 'Ты:').waitFor();
    await write(page, 'просто разговор');
    await write(page, '@zvonok завтра');
    await message(page, 'Ты: @zvonok завтра').waitFor();
    expect(await messages(page).getByText('Ты: просто').count()).toBe(0);
    await line(page, 'Звонок').click();
    await page.getByRole('radio', { name: 'Борис Кузнецов' }).click();
    await line(page, 'ПИ-21')
      .getByLabel(/^Непрочитанных: \d+$/)
      .waitFor();
    await line(page, 'ПИ-21').click();
    await messages(page).locator('.author', { hasText: 'Аня Смирнова' }).first().waitFor();
    await line(page, 'ПИ-21')
      .getByLabel(/Непрочитанных/)
      .waitFor({ state: 'hidden' });
    await shoot(page, 'echo-chat');
  });

  it('shows typing, an edited and pinned message, a document to download and a picture', async () => {
    // The sandbox names its files by number, which is another origin to a browser that was told the name.
    const { vk, page } = await stage({ host: 'localhost' });
    const chat = 2_000_000_001;
    vk.inviteBot(chat, 1001, { admin: true });
    await write(page, 'думай');
    await page.getByText('печатает…').first().waitFor();
    await write(page, 'файл');
    const sent = message(page, 'Календарь и картинка');
    const waiting = page.waitForEvent('download');
    await sent.getByRole('link', { name: 'ПИ-21.ics' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('ПИ-21.ics');
    const picture = sent.getByRole('img', { name: 'Фото' });
    await expect.poll(() => picture.evaluate((img) => Reflect.get(img, 'naturalWidth'))).toBe(1);
    await line(page, 'ПИ-21').click();
    await write(page, 'закрепи');
    await message(page, 'Чистовик').locator('.stamp:not(.ghost)', { hasText: 'ред.' }).waitFor();
    await page.locator('.pinned', { hasText: 'Чистовик' }).waitFor();
    await shoot(page, 'echo-files');
  });

  it('breaks the API on demand, shows it in the log and mends it', async () => {
    const { page } = await stage({ dark: true });
    await page.getByRole('button', { name: 'Часы, сбои и журнал' }).click();
    await page.getByRole('button', { name: 'Сломать' }).click();
    await page.getByRole('region', { name: 'Сейчас сломано' }).getByText('ошибка 10: messages.send ×1').waitFor();
    await shoot(page, 'echo-faults-dark');
    await write(page, 'раз');
    await page.getByText('Журнал', { exact: true }).click();
    await page
      .getByRole('list', { name: 'Вызовы API' })
      .locator('summary', { hasText: 'messages.send' })
      .getByText('10', { exact: true })
      .waitFor();
    await page.getByRole('heading', { name: 'настоящее время' }).waitFor();
    await page.getByRole('region', { name: 'Сейчас сломано' }).waitFor({ state: 'hidden' });
    await write(page, 'два');
    await message(page, 'Ты: два').waitFor();
    await shoot(page, 'echo-log-dark');
    await page.getByText('Сбои', { exact: true }).click();
    await page.getByRole('button', { name: 'В чёрный список' }).click();
    await page.getByText('написать ему нельзя').waitFor();
  });

  it('moves the product clock', async () => {
    const { vk, page } = await stage();
    await page.getByRole('button', { name: 'Часы, сбои и журнал' }).click();
    const clock = page.getByRole('region', { name: 'Часы', exact: true });
    await clock.getByRole('button', { name: 'Завтра 08:44' }).click();
    await clock.getByText(/^08:44:\d\d$/).waitFor();
    await clock.getByText('×60').click();
    await clock.getByText(/^08:4[5-9]:\d\d$/).waitFor();
    const { cmid } = (await (await control(vk, 'say', { user: 1001, peer: 1001, text: 'когда?' })).json()) as {
      cmid: number;
    };
    const said = vk.messages(1001).find((each) => each.cmid === cmid);
    expect((said?.date ?? 0) * 1000).toBeGreaterThan(Date.now() + 8 * 3_600_000);
  });

  it('fits a phone', async () => {
    const { page } = await stage({ width: 390 });
    await page.getByLabel('Диалоги').waitFor();
    await shoot(page, 'echo-phone-list');
    await line(page, 'Звонок').click();
    await write(page, 'ПИ-21');
    await message(page, 'Ты: ПИ-21').waitFor();
    await shoot(page, 'echo-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'Часы, сбои и журнал' }).click();
    await page.getByRole('region', { name: 'Часы', exact: true }).waitFor();
    await shoot(page, 'echo-phone-panel');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'Закрыть пульт' }).click();
    await page.getByRole('button', { name: 'К списку диалогов' }).click();
    await line(page, 'ПИ-21').waitFor();
    expect(await page.getByRole('main').isVisible()).toBe(false);
  });
});

function control(vk: Sandbox, action: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${vk.address}/control/${action}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
