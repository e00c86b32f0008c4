/** A second process for the lock test: opens the store it is told, says how that went, and stays until it is killed. */
import { openStore, StoreError } from '../../src/store/index.ts';

try {
  await openStore(process.argv[2] ?? '');
  process.stdout.write('open\n');
  setInterval(() => {}, 60_000);
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stdout.write(`${error.kind} ${error.message}\n`);
}
