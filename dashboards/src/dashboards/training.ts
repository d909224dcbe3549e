import type { Dashboard } from '../dashboard.ts'
import { gpu } from '../rows/gpu.ts'
import { trainingProgress } from '../rows/training-progress.ts'
import { trainingSpeed } from '../rows/training-speed.ts'
import { hostVariables } from '../scopes/host.ts'
import { trainingVariables } from '../scopes/training.ts'

export const training: Dashboard = {
  uid: 'llmscope-training',
  title: 'Training',
  description:
    'Training runs against each other: how they learn, how fast, and what the GPUs do meanwhile.',
  variables: [...trainingVariables, ...hostVariables],
  rows: [trainingProgress, trainingSpeed, gpu],
}
