import { sees } from '../api-copies.ts'
import { type Check, type Finding, ok, problem, unknown } from '../check.ts'
import { copiesOf } from '../copies.ts'
import { packageFrom } from '../package.ts'

const API = '@opentelemetry/api'
const SDK = '@opentelemetry/sdk-node'

export const packages: Check = {
  name: 'OpenTelemetry packages',
  run: ({ folder }) => {
    const api = packageFrom(folder, API)
    if (!api) return [problem(`${API} is not installed`, `Run: npm install ${API} ${SDK}`)]
    return [ok(`${API} ${api.version}`), ...sdk(folder), ...copies(folder)]
  },
}

function sdk(folder: string): Finding[] {
  const found = packageFrom(folder, SDK)
  if (found) return [ok(`${SDK} ${found.version}`)]
  return [
    unknown(
      `${SDK} is not installed`,
      `Needed unless the application starts an OpenTelemetry SDK of its own. Run: npm install ${SDK}`,
    ),
  ]
}

/** The SDK registers through its copy of the API; the others must see that. */
function copies(folder: string): Finding[] {
  const all = copiesOf(API, folder)
  if (all.length < 2) return []
  const sdkFolder = packageFrom(folder, SDK)?.folder
  const registrar = sdkFolder === undefined ? undefined : packageFrom(sdkFolder, API)
  return all
    .filter((copy) => copy.folder !== registrar?.folder)
    .map(({ version, folder: at }) => {
      const copy = `${API} ${version} in ${at}`
      if (!registrar || sees(version, registrar.version)) return ok(`another copy: ${copy}`)
      return problem(
        `${copy} does not see what ${registrar.version} of the SDK registers`,
        `Have one version: npm install ${API}@${version}, then npm dedupe.`,
      )
    })
}
