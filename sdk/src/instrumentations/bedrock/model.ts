/**
 * A model's own name, where the application gives an ARN, which would be another series of metrics for
 * each account. A profile of the application's own has no more than an id.
 */
export function modelName(id: string | undefined): string | undefined {
  return id?.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id
}
