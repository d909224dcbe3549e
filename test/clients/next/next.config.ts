import { join } from 'node:path'
import type { NextConfig } from 'next'

const isBundled = process.env['BUNDLED'] === 'true'
const root = join(process.cwd(), '../../..')

const config: NextConfig = {
  serverExternalPackages: isBundled ? ['@llmscope/sdk'] : ['@llmscope/sdk', 'openai'],
  output: isBundled ? 'standalone' : undefined,
  outputFileTracingRoot: root,
  turbopack: { root },
}

export default config
