import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@llmscope/source'] }

// one project after the other: servers and training loops beside each other starve on two cores
const project = (order: number, name: string, include: string[], options: object = {}): object => ({
  ssr: { resolve },
  test: { name, include, sequence: { groupOrder: order }, ...options },
})

/** `unit` is what every commit runs; the other projects need client installs or built backends. */
export default defineConfig({
  test: {
    coverage: { include: ['sdk/src/**', 'host-agent/src/**'] },
    projects: [
      project(
        0,
        'unit',
        ['test/{sdk,host-agent,dashboards,stack,docs,viewer,bench}/**/*.test.ts'],
        {
          globalSetup: 'test/rule-tools.ts',
        },
      ),
      project(1, 'clients', ['test/{clients,training-tools}/**/*.test.ts'], {
        testTimeout: 300_000,
        hookTimeout: 600_000,
        // its tests mostly wait for programs that they run, and these wait as well
        maxWorkers: '100%',
      }),
      project(2, 'e2e', ['test/{collector-config,e2e}/**/*.test.ts'], {
        testTimeout: 120_000,
        hookTimeout: 3_600_000,
        fileParallelism: false,
      }),
    ],
  },
})
