/**
 * The place of each span's parent, such that following them always ends: a missing parent is none, a span whose id
 * another one has too is found by the first of them, and of a cycle one span is a root.
 */
export function parentsOf(
  spans: ReadonlyArray<{ readonly id: string; readonly parentId: string }>,
): ReadonlyArray<number | undefined> {
  const places = new Map<string, number>()
  for (const [place, { id }] of spans.entries()) if (!places.has(id)) places.set(id, place)
  const parents = spans.map(({ parentId }) => places.get(parentId))
  const checked = new Set<number>()
  for (const start of spans.keys()) {
    const path = new Set<number>()
    let place: number | undefined = start
    while (place !== undefined && !checked.has(place) && !path.has(place)) {
      path.add(place)
      place = parents[place]
    }
    if (place !== undefined && path.has(place)) parents[place] = undefined
    for (const seen of path) checked.add(seen)
  }
  return parents
}
