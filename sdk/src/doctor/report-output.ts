import { writeFileSync } from 'node:fs'
import { guard } from '../guard.ts'
import { settings } from '../options.ts'
import { onSeen } from '../report.ts'
import { reportText } from './report-text.ts'
import { startReport } from './start-report.ts'

/** After how long an application is taken to have loaded what it needs, in milliseconds. */
const SETTLED = 1500

let isArmed = false
let isWritten = false

/** Writes the start-up report when the application has started, or at its exit if that is earlier. */
export function writeReportLater(): void {
  if (isArmed) return
  isArmed = true
  setTimeout(write, SETTLED).unref()
  process.once('exit', () => {
    if (!isWritten) write()
  })
  onSeen(() => {
    if (isWritten) write()
  })
}

function write(): void {
  isWritten = true
  guard('report', () => {
    const { report } = settings()
    const found = startReport()
    if (typeof report === 'string') writeFileSync(report, `${JSON.stringify(found, null, 2)}\n`)
    else process.stderr.write(reportText(found))
  })
}
