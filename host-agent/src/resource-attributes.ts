import { all, type Attribute } from './attribute.ts'

const resourceAttributes = {
  'service.name': {
    type: 'string',
    meaning: '`llmscope-host-agent`, unless `OTEL_SERVICE_NAME` says otherwise.',
    stability: 'stable',
  },
  'service.instance.id': {
    type: 'string',
    meaning: 'The agent of this host, the same after a restart.',
    stability: 'stable',
  },
  'host.name': { type: 'string', meaning: 'Name of the host.', stability: 'stable' },
  'host.id': { type: 'string', meaning: 'Its machine id.', stability: 'stable' },
  'host.arch': {
    type: 'string',
    examples: ['amd64', 'arm64'],
    meaning: 'Its architecture.',
    stability: 'stable',
  },
  'host.cpu.model.name': { type: 'string', meaning: 'Name of its CPU.' },
  'host.cpu.family': { type: 'string', meaning: 'Family of its CPU.' },
  'host.cpu.model.id': { type: 'string', meaning: 'Model of its CPU.' },
  'host.cpu.stepping': { type: 'string', meaning: 'Stepping of its CPU.' },
  'host.cpu.cache.l2.size': {
    type: 'int',
    unit: 'By',
    meaning: "Size of its CPU's level 2 cache.",
  },
  'os.type': {
    type: 'string',
    examples: ['linux'],
    meaning: 'The operating system.',
    stability: 'stable',
  },
  'os.name': {
    type: 'string',
    examples: ['Ubuntu'],
    meaning: 'The distribution.',
    stability: 'stable',
  },
  'os.version': {
    type: 'string',
    examples: ['24.04'],
    meaning: 'Its version.',
    stability: 'stable',
  },
  'os.description': { type: 'string', meaning: 'Both in words.', stability: 'stable' },
  'os.build_id': { type: 'string', meaning: 'Release of the kernel.' },
} as const

/** Every attribute of the resource, which says what host the metrics are of. */
export const resource: Readonly<Record<string, Attribute>> = all(resourceAttributes)
