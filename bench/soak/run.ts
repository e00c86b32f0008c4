/**
 * `npm run -s soak -- --kills 200`: the real bot on a bad line to the sandbox's VK, killed again and again while it sends.
 * `npm run -s soak -- --boundaries`: killed before every step of its way from due to sent in turn. Either prints one JSON
 * object; ends with 1 when anything was lost, said twice, or taken up again too late after a restart.
 */
import { parseArgs } from 'node:util';
import { boundaries } from './boundaries.ts';
import { soak } from './kills.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    /** What a killed bot had out goes on at most this long after the next one's start, ms. */
    within: { type: 'string', default: '5000' },
    keep: { type: 'boolean', default: false },
    boundaries: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
  },
});
const [kills = 0, within = 0, every = 0] = [values.kills, values.within, values.every].map(Number);
if (![kills, within, every].every((number) => Number.isInteger(number) && number >= 1)) {
  console.error('--kills, --within (ms) and --every: whole numbers from 1');
  process.exit(2);
}
const ok = values.boundaries ? await boundaries(every) : await soak({ kills, within, keep: values.keep });
process.exitCode = ok ? 0 : 1;
