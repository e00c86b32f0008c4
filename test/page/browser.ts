/** A real browser for tests of the page, from npm; where there is none, the tests say so and are skipped. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const WAIT = 15_000;
/** Where to keep pictures of what the browser showed, for a look by eye. */
const SHOTS = process.env.SHOTS;

/** A Chromium from npm exists for Linux on x64 only. */
export async function launch(): Promise<Browser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return skip('no Chromium in npm for this machine');
  try {
    // Its own list of switches is for a cloud function: one process, no web security. Here an ordinary browser is wanted.
    const args = ['--no-sandbox', '--disable-gpu', '--headless=shell'];
    return await chromium.launch({ executablePath: await unpack(), args, headless: true });
  } catch (error) {
    return skip(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/**
 * The package unpacks itself into the temporary folder and takes a half-unpacked file for a whole one, so two test files that
 * begin together would start a torn browser. Here each unpacks aside, and who is first names the place.
 */
async function unpack(): Promise<string> {
  const { default: bundled } = await import('@sparticuz/chromium');
  const folder = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const home = join(tmpdir(), `zvonok-chromium-${version}`);
  if (!existsSync(home)) {
    const aside = `${home}.${process.pid}`;
    mkdirSync(aside);
    await within(aside, () => bundled.executablePath());
    try {
      renameSync(aside, home);
    } catch (error) {
      rmSync(aside, { recursive: true });
      if (!existsSync(home)) throw error;
    }
  }
  return within(home, () => bundled.executablePath());
}

async function within<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

function skip(why: string): undefined {
  process.stdout.write(`test/page: the page is not tried in a browser: ${why}\n`);
  return undefined;
}

/** Opens an address; the test fails at its end if the page threw, or if its policy stopped anything. */
export async function openPage(
  browser: Browser | undefined,
  address: string,
  {
    width = 1100,
    height = 760,
    dark = false,
    ...more
  }: BrowserContextOptions & { width?: number; height?: number; dark?: boolean } = {},
): Promise<Page> {
  if (browser === undefined) throw new Error('no browser: the test had to be skipped');
  if (!existsSync(join(import.meta.dirname, '../../dist/page/.hash')))
    throw new Error('no page: npm run page builds it');
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    ...more,
  });
  page.setDefaultTimeout(WAIT);
  const faults: string[] = [];
  page.on('pageerror', (error) => void faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && void faults.push(message.text()));
  onTestFinished(async () => {
    await page.close();
    expect(faults.filter((fault) => !/status of 400/.test(fault))).toEqual([]);
  });
  if (SHOTS !== undefined) await page.addInitScript({ content: FONTS });
  await page.goto(address);
  return page;
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Сообщение' }).fill(text);
  await page.keyboard.press('Enter');
}

/** Keeps a picture when `SHOTS` names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Everything but the digits and signs that are letters first. */
const EMOJI = 'U+203C,U+2049,U+2139,U+231A-23FF,U+25AA-27BF,U+2B05-2B55,U+1F000-1FAFF,U+FE0F,U+200D';
/** Faces added by script need no address, so the page's policy stays as it is. */
const FONTS = SHOTS === undefined ? '' : fonts();

function fonts(): string {
  const require = createRequire(import.meta.url);
  const roboto: readonly [weight: number, sheet: string][] = [
    [400, require.resolve('@fontsource/roboto/400.css')],
    [500, require.resolve('@fontsource/roboto/500.css')],
  ];
  const letters = roboto.flatMap(([weight, sheet]) =>
    ['latin', 'cyrillic'].map((script) => {
      const name = `roboto-${script}-${weight}-normal`;
      const found = new RegExp(`${name}[^}]*unicode-range: ([^;]*);`).exec(readFileSync(sheet, 'utf8'));
      return face(require.resolve(`@fontsource/roboto/files/${name}.woff2`), weight, found?.[1] ?? '');
    }),
  );
  return [face(require.resolve('twemoji-colr-font/twemoji.woff2'), 400, EMOJI), ...letters].join('\n');
}

function face(file: string, weight: number, range: string): string {
  const options = JSON.stringify({ weight: String(weight), unicodeRange: range });
  const bytes = readFileSync(file).toString('base64');
  return `document.fonts.add(new FontFace('Roboto', Uint8Array.fromBase64?.('${bytes}') ?? Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0)), ${options}));`;
}
