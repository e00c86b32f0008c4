/** The bot itself in the sandbox's page: a newcomer finds the group, sees today, and a jump of the clock brings a reminder. */
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { launch, openPage, shoot, write } from './browser.ts';
import { openDemoBot } from './demo-bot.ts';

const browser = await launch();
const TABLE = {
  name: 'Экономический факультет.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('группа;день;начало;конец;предмет\nЭК-21;пн;9:00;10:35;Финансы\nМН-31;вт;9:00;10:35;Маркетинг\n'),
};

const answer = (page: Page, text: string | RegExp) =>
  page.getByRole('list', { name: 'Сообщения' }).locator('li.their').filter({ hasText: text }).last();

/** A Monday with lessons; the whole of the next day is ahead. */
const MONDAY: readonly [day: string, time: string] = ['2026-09-14', '08:20'];

async function stage(options: { width: number; height: number; dark?: boolean }, [day, time] = MONDAY): Promise<Page> {
  const bot = await openDemoBot(day, time);
  onTestFinished(async () => {
    await bot.close();
    expect(bot.troubles).toEqual([]);
  });
  return openPage(browser, bot.address, options);
}

describe.runIf(browser !== undefined)('the bot on the page', { timeout: 60_000 }, () => {
  afterAll(() => browser?.close());

  it('answers «сегодня» and reminds when the clock is moved', async () => {
    const page = await stage({ width: 1440, height: 860 });
    await page.getByRole('button', { name: 'Начать' }).click();
    await answer(page, /группу/i).waitFor();
    await write(page, 'ПИ-21');
    await answer(page, 'ПИ-21').waitFor();
    await write(page, 'сегодня');
    await answer(page, /сегодня.*\n/i).waitFor();
    await write(page, 'напоминать за 60 минут');
    await answer(page, /напомн|напомин/i).waitFor();
    await page.getByRole('button', { name: 'Завтра 08:44' }).click();
    await page.getByText('×60', { exact: true }).click();
    await answer(page, /^В \d\d:\d\d — /).waitFor();
    await shoot(page, 'sandbox');
  });

  it('shows all settings in one message, which presses change in place', async () => {
    const page = await stage({ width: 1180, height: 860 });
    await page.getByRole('button', { name: 'Начать' }).click();
    await write(page, 'ПИ-21');
    await answer(page, /Готово/).waitFor();
    await write(page, 'скрыть физкультуру');
    await answer(page, /физкультур|физическ/i).waitFor();
    await write(page, 'настройки');
    await answer(page, /Перед каждой парой: не напоминаю/).waitFor();
    await shoot(page, 'settings');
    const count = await page.locator('li.their').count();
    const press = (name: string) => answer(page, '').getByRole('button', { name, exact: true }).click();
    await press('Изменения');
    await press('Какие изменения');
    await press('✓ Аудитории');
    await answer(page, /кроме аудиторий/).waitFor();
    await shoot(page, 'settings-kinds');
    await press('← Изменения');
    await press('← Настройки');
    await press('Скрытое');
    await answer(page, /О скрытом/).waitFor();
    await shoot(page, 'settings-hidden');
    await press('← Настройки');
    await answer(page, /сообщаю сразу, на 7 дней вперёд, кроме аудиторий/).waitFor();
    expect(await page.locator('li.their').count()).toBe(count);
  });

  it('serves a group chat, where a mention is heard', async () => {
    const page = await stage({ width: 1180, height: 800 });
    await page.locator('.line', { has: page.getByText('ПИ-21', { exact: true }) }).click();
    await page.getByRole('button', { name: 'Добавить бота в беседу' }).click();
    await answer(page, /групп/i).waitFor();
    await write(page, '/ПИ-21');
    await answer(page, /понедельник|сегодня/i).waitFor();
    await page.getByRole('radio', { name: 'Борис Кузнецов' }).click();
    await write(page, 'Кто-нибудь помнит, что завтра?');
    await page.getByRole('radio', { name: 'Вика Орлова' }).click();
    await write(page, '@zvonok завтра');
    await answer(page, /завтра.*\n/i).waitFor();
    await shoot(page, 'sandbox-chat');
  });

  it('takes a table as a file, asks which group, and reads it', async () => {
    const page = await stage({ width: 1180, height: 800 });
    await page.getByRole('button', { name: 'Начать' }).click();
    await answer(page, /группу/i).waitFor();
    await page.getByLabel('Файл', { exact: true }).setInputFiles(TABLE);
    await page.locator('.reply.file', { hasText: 'Экономический' }).waitFor();
    await shoot(page, 'sandbox-attach');
    await page.getByRole('button', { name: 'Отправить' }).click();
    await page.getByRole('button', { name: 'МН-31', exact: true }).click();
    await answer(page, /Прочитал файл/).waitFor();
    await shoot(page, 'sandbox-file');
    await page.getByLabel('Файл', { exact: true }).setInputFiles(TABLE);
    await page.getByRole('button', { name: 'Убрать файл' }).click();
    expect(await page.locator('.reply.file').count()).toBe(0);
  });

  it('a phone reads every button of the settings to its end', async () => {
    const page = await stage({ width: 360, height: 780 });
    await page.locator('.line').first().click();
    await page.getByRole('button', { name: 'Начать' }).click();
    await answer(page, /группу/i).waitFor();
    await write(page, 'ПИ-21');
    await answer(page, /Готово/).waitFor();
    for (const [words, said] of [
      ['настройки напоминаний', /Перед каждой парой/],
      ['настройки рассылок', /Неделя вперёд/],
      ['тихие часы', /Тихие часы/],
      ['настройки изменений', /Изменения: /],
      ['скрытое', /скрыт/i],
      ['виды изменений', /виды изменений|каких изменениях|какие изменения/i],
    ] as const) {
      await write(page, words);
      await answer(page, said).locator('.keys').waitFor();
      await shoot(page, `phone-${words.replaceAll(' ', '-')}`);
      const labels = await answer(page, said)
        .locator('.keys button, .keys button *')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
            .map((one) => one.textContent),
        );
      expect(labels).toEqual([]);
    }
  });

  it('tells what changed, once, and shows it in the feed and in the week', async () => {
    // The demo university moves a lesson of the week that begins.
    const page = await stage({ width: 1440, height: 960 }, ['2026-09-13', '20:40']);
    await page.getByRole('button', { name: 'Начать' }).click();
    await answer(page, /группу/i).waitFor();
    await write(page, 'ПИ-21');
    await answer(page, /Готово/).waitFor();
    await write(page, 'изменения на 7 дней');
    await answer(page, /7 дней/).waitFor();
    await page.getByRole('button', { name: 'Завтра 08:44' }).click();
    await page.getByText('×60', { exact: true }).click();
    const told = page.getByRole('list', { name: 'Сообщения' }).locator('li.their').filter({ hasText: '→' });
    await told.first().waitFor();
    await page.getByText('×1', { exact: true }).click();
    expect(await told.count()).toBe(1);
    await shoot(page, 'sandbox-change');
    await write(page, 'изменения');
    await told.nth(1).waitFor();
    await write(page, 'неделя');
    await answer(page, /перенесена|был/).waitFor();
    await shoot(page, 'sandbox-week');
  });

  it.each([
    ['sandbox-phone', { width: 390, height: 800, dark: false }],
    ['sandbox-dark', { width: 1440, height: 860, dark: true }],
  ])('looks well: %s', async (name, options) => {
    const page = await stage(options);
    if (options.width < 760) await page.locator('.line').first().click();
    await page.getByRole('button', { name: 'Начать' }).click();
    await answer(page, /группу/i).waitFor();
    await write(page, 'ПИ-21');
    await answer(page, 'ПИ-21').waitFor();
    await write(page, 'завтра');
    await answer(page, /завтра.*\n/i).waitFor();
    await shoot(page, name);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.width);
  });
});
