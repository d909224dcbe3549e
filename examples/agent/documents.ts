export interface HandbookPage {
  readonly id: string
  readonly text: string
}

/** The handbook of an imaginary GPU cluster: what the agent may answer from. */
export const handbook: readonly HandbookPage[] = [
  {
    id: 'checkpoints',
    text: 'Write a checkpoint every 30 minutes. A fine-tune that fails is started again from its last checkpoint, and only the time since then is lost.',
  },
  {
    id: 'idle-jobs',
    text: 'A job that leaves its GPUs idle for 20 minutes is stopped, and its owner gets a message. Idle hours cost the same as busy ones.',
  },
  {
    id: 'preemption',
    text: 'Jobs that start at night between 22:00 and 06:00 may be preempted by urgent work. A preempted job gets two minutes to write its state, then goes back to the front of the queue.',
  },
  {
    id: 'quotas',
    text: 'A team may hold 32 GPUs at once. Whoever needs more asks the platform team a week ahead.',
  },
  {
    id: 'storage',
    text: 'Datasets live on the shared file system and are mounted read-only. Local disks are wiped when a job ends, so copy your results first.',
  },
  {
    id: 'faults',
    text: 'A GPU that reports an uncorrectable memory error is drained and replaced. Jobs on it are moved to another node.',
  },
]
