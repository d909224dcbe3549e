import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@llmscope/source'] }
const project = (name: string, include: string[], options: object = {}): object => ({
  ssr: { resolve },
  test: { name, include, ...options },
})

/** `unit` is what every commit runs; the other projects need client installs or built backends. */
export default defineConfig({
  test: {
    coverage: { include: ['sdk/src/**', 'host-agent/src/**'] },
    projects: [
      project('unit', ['test/{sdk,host-agent,dashboards,stack}/**/*.test.ts'], {
        globalSetup: 'test/rule-tools.ts',
      }),
      project('clients', ['test/clients/**/*.test.ts'], {
        testTimeout: 300_000,
        hookTimeout: 600_000,
      }),
      project('e2e', ['test/{collector-config,e2e}/**/*.test.ts'], {
        testTimeout: 120_000,
        hookTimeout: 3_600_000,
        fileParallelism: false,
      }),
    ],
  },
})
