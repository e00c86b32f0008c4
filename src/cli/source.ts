/** `npm run -s source -- COMMAND …`: small tools for those who add or check a source. */
import { OCCURRENCES_USAGE, printFile, readArguments } from './occurrences.ts';

const [command = '', ...args] = process.argv.slice(2);

if (command === 'occurrences') {
  const asked = readArguments(args);
  if (typeof asked === 'string') refuse(asked);
  else for (const file of asked.files) console.log(JSON.stringify(await printFile(file, asked.span)));
} else {
  refuse(command === '' ? 'no command given' : `no command «${command}»`);
}

function refuse(problem: string): void {
  console.error(`${problem}\n\nUsage:\n  ${OCCURRENCES_USAGE}`);
  process.exitCode = 2;
}
