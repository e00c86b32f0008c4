// Tests run in a foreign time zone, so that nothing passes by luck of the local one.
import { defineConfig } from 'vitest/config';

process.env.TZ = 'Pacific/Nauru';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'scrapers/*/*.test.ts'],
    pool: 'forks',
    // Every core: most of these tests wait for a page, a program or a line, and by default one core stands idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
});
