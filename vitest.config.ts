import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const postgres = 'server/test/support/global-setup.ts';

/**
 * One project a kind of test. Each process of a test file costs memory beside Chromium and the
 * media workers, and the smallest supported machine has two cores: two files at once, and the
 * end-to-end story alone.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: [
            'shared/src/**/*.test.ts',
            'server/src/**/*.test.ts',
            'server/bench/**/*.test.ts',
            'server/faults/**/*.test.ts',
            'server/load/**/*.test.ts',
            'server/simulator/**/*.test.ts',
            'server/speech-cli/**/*.test.ts',
            'server/test/architecture/**/*.test.ts',
            'client/src/**/*.test.ts',
            'infra/**/*.test.{ts,mjs}',
          ],
          environment: 'node',
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
          include: ['server/test/contract/**/*.test.ts'],
          globalSetup: [postgres],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['server/test/integration/**/*.test.ts'],
          globalSetup: [postgres],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['client/e2e/**/*.test.ts'],
          globalSetup: [postgres],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // Alone on the machine: media statistics of a starved browser prove nothing.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
