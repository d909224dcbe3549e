/** Arguments are JSON that a model wrote: where it is not, the text is all there is. */
export function toolArguments(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
