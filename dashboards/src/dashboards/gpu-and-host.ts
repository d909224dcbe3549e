import type { Dashboard } from '../dashboard.ts'
import { agent } from '../rows/agent.ts'
import { cpuAndMemory } from '../rows/cpu-and-memory.ts'
import { diskAndNetwork } from '../rows/disk-and-network.ts'
import { gpu } from '../rows/gpu.ts'
import { gpuInventory } from '../rows/gpu-inventory.ts'
import { hostOverview } from '../rows/host-overview.ts'
import { hostVariables } from '../scopes/host.ts'

export const gpuAndHost: Dashboard = {
  uid: 'llmscope-gpu-and-host',
  title: 'GPU and host',
  description:
    'What the host agents report: GPUs, CPUs, memory, disks, network, and the agents themselves.',
  variables: hostVariables,
  rows: [hostOverview, gpuInventory, gpu, cpuAndMemory, diskAndNetwork, agent],
}
