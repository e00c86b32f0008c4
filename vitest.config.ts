// Tests run in a foreign time zone, so that nothing passes by luck of the local one.
import { defineConfig } from 'vitest/config';

process.env.TZ = 'Pacific/Nauru';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'scrapers/*/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
  },
});
