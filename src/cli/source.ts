/** `npm run -s source -- COMMAND …`: small tools for those who add or check a source. */
import { existsSync } from 'node:fs';
import { Misused } from './misused.ts';
import { OCCURRENCES_USAGE, printFile, readArguments } from './occurrences.ts';
import { checkSource, listAll } from './source-check.ts';
import { newSource } from './source-new.ts';
import { parseSaved } from './source-parse.ts';
import { suggestFrom } from './source-suggest.ts';
import { recordSource, trySource } from './source-try.ts';

const USAGE = `source list
  source new ID                                    copies scrapers/_template
  source try ID group=… [key=value…]               asks the site and shows what was understood
  source record ID CASE group=… [key=value…]       the same, saved as scrapers/ID/fixtures/CASE
  source suggest KEY WORDS…                        what the catalogue of a university (ruz:hse, bmstu) has like it
  source check ID                                  reads its saved cases again
  source parse ID FOLDER | ASK.json PAGE… [--from DAY --to DAY --zone ZONE]
                                                   the lessons of saved pages (a case, or what the bot kept in DATA_DIR/pages),
                                                   one JSON object a line, or {"error"};
                                                   without days those that the pages name
  ${OCCURRENCES_USAGE}`;

async function occurrences(args: readonly string[]): Promise<void> {
  const asked = readArguments(args);
  if (typeof asked === 'string') throw new Misused(asked);
  for (const file of asked.files) console.log(JSON.stringify(await printFile(file, asked.span)));
}

const COMMANDS = new Map<string, (args: readonly string[]) => Promise<void>>([
  ['list', listAll],
  ['new', newSource],
  ['try', trySource],
  ['record', recordSource],
  ['suggest', suggestFrom],
  ['check', checkSource],
  ['parse', parseSaved],
  ['occurrences', occurrences],
]);

// What the operator set for the bot holds for the tools too.
if (existsSync('.env')) process.loadEnvFile();
const [command = '', ...args] = process.argv.slice(2);
try {
  const run = COMMANDS.get(command);
  if (run === undefined) throw new Misused(command === '' ? 'no command given' : `no command «${command}»`);
  await run(args);
} catch (error) {
  if (!(error instanceof Misused)) throw error;
  console.error(`${error.message}\n\nUsage:\n  ${USAGE}`);
  process.exitCode = 2;
}
