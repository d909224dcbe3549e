const LINE = /^([!#$%&'*+.^_`|~\w-]+)\s*[:=]\s*(.*?)\s*$/

/**
 * The headers of a file: one a line, `name: value` or `name=value`; empty lines and those that begin
 * with `#` say nothing.
 * @throws Error that names the file and the line, and nothing of what is in it.
 */
export function parseHeaders(text: string, file: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(#|$)/.test(line)) continue
    const [, name, value] = LINE.exec(line) ?? []
    if (name === undefined || value === undefined)
      throw new Error(`${file}, line ${index + 1}: write a header as "name: value"`)
    headers[name] = value
  }
  return headers
}
