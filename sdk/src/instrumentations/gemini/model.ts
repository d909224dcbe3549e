/**
 * A model's own name, where the application gives its path: `models/…`, or one with a project in it,
 * which would be another series of metrics for each project. Tuned models and endpoints have no name.
 */
export function modelName(model: string): string {
  return /(?:^|\/)models\/([^/]+)$/.exec(model)?.[1] ?? model
}
