import { stringify } from 'yaml'
import { ruleFile } from './alert.ts'
import { alertmanager, alertmanagerProduction } from './alertmanager.ts'
import { alertGroups } from './alerts/index.ts'
import { build } from './dashboard.ts'
import { dashboards } from './dashboards/index.ts'
import { dashboardProvider, datasources } from './provisioning.ts'

const GENERATED = '# Made by `npm run dashboards` from dashboards/src: change it there.\n'

/** Every file that is made from these sources: path below `dashboards/` → content. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const dashboard of dashboards) {
    const name = dashboard.uid.replace(/^llmscope-/, '')
    files.set(`grafana/${name}.json`, `${JSON.stringify(build(dashboard), null, 2)}\n`)
  }
  for (const group of alertGroups) files.set(`rules/${group.name}.yml`, yaml(ruleFile(group)))
  files.set('alertmanager/alertmanager.yml', yaml(alertmanager))
  files.set('alertmanager/alertmanager.production.yml', yaml(alertmanagerProduction))
  files.set('provisioning/datasources/llmscope.yaml', yaml(datasources))
  files.set('provisioning/dashboards/llmscope.yaml', yaml(dashboardProvider))
  return files
}

function yaml(content: object): string {
  return (
    GENERATED +
    stringify(content, { singleQuote: true, lineWidth: 0, aliasDuplicateObjects: false })
  )
}
