import { hasSoundHooks } from '../../calls/hooks.ts'
import { type Check, ok, problem, unknown } from '../check.ts'

export const node: Check = {
  name: 'Node.js',
  run: () => {
    const { node: version } = process.versions
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major < 22 || (major === 22 && minor < 15)) {
      return [problem(version, 'llmscope and OpenTelemetry SDK 3 need 22.15 or newer.')]
    }
    if (hasSoundHooks()) return [ok(version)]
    return [
      unknown(
        `${version}: ES modules are hooked from a thread, which makes the start slower`,
        'Update to 22.22.3, 24.11.1, 25.1 or newer.',
      ),
    ]
  },
}
