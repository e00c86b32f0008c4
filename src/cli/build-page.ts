/** Builds what runs in a browser into dist/page, when its sources or packages are others than last time. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const source = join(root, 'src/page');
const built = join(root, 'dist/page');
const mark = join(built, '.hash');
const PACKAGES = ['vite', 'react', 'react-dom', '@vkontakte/vkui', '@vkontakte/icons'];

/** Changes with every file of the page, with the packages' versions and with this recipe. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const name of PACKAGES) hash.update(`${name} ${lock.packages[`node_modules/${name}`]?.version}\n`);
  const files = globSync('**/*.*', { cwd: source }).sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(source, file)));
  return hash.update(readFileSync(import.meta.filename)).digest('hex');
}

async function loadVite() {
  try {
    return await import('vite');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function build(hash: string): Promise<void> {
  const vite = await loadVite();
  if (vite === undefined) {
    const old = existsSync(mark) ? 'остаётся прежняя' : 'песочница покажет вместо неё подсказку, бот и API работают';
    console.error(`Страница песочницы не собрана: нет Vite (npm ci без --omit=dev); ${old}.`);
    return;
  }
  console.error('Собираю страницу песочницы…');
  // Beside the old one and then in its place: who serves it meanwhile never sees half a page.
  const fresh = `${built}.${process.pid}`;
  try {
    await vite.build({
      configFile: false,
      root: source,
      publicDir: false,
      logLevel: 'silent',
      build: {
        outDir: fresh,
        emptyOutDir: true,
        target: 'es2023',
        modulePreload: { polyfill: false },
        // One VKUI is one chunk; a warning about its weight tells nobody anything on a loopback address.
        chunkSizeWarningLimit: 2000,
        rolldownOptions: { input: join(source, 'sandbox/index.html') },
      },
    });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Vite has printed where; its stack is about Vite.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  await writeFile(join(fresh, '.hash'), hash);
  await rm(built, { recursive: true, force: true });
  await rename(fresh, built);
}

if (existsSync('.env')) process.loadEnvFile();
// With a token there is no sandbox, and so nobody to show the page to.
if (!process.env.VK_TOKEN) {
  const hash = fingerprint();
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== hash) await build(hash);
}
