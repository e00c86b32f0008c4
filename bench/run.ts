/** `npm run -s bench [-- NAME…] [--smoke]`: runs benchmarks and prints one JSON object a line, the yardstick beside the figure. */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

export type Bench = (size: 'smoke' | 'full') => Promise<Record<string, unknown>>;

const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));
const { values, positionals } = parseArgs({ options: { smoke: { type: 'boolean' } }, allowPositionals: true });
const wrong = positionals.filter((name) => !known.includes(name));
if (wrong.length > 0) {
  console.error(`no benchmark ${wrong.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}
const size = values.smoke === true ? 'smoke' : 'full';
for (const name of positionals.length > 0 ? positionals : known) {
  const { default: run } = (await import(`./${name}.ts`)) as { default: Bench };
  console.log(JSON.stringify({ bench: name, size, ...(await run(size)) }));
}
