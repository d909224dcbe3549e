/**
 * Which models a price is for. A text is one condition, and its first character says which: `=` is
 * equal to, `^` starts with, `$` ends with, `*` contains, `~` matches the regular expression. Of a
 * list one must hold, of a list in a list all.
 */
export type Rule = string | readonly (string | readonly string[])[]

/** Whether a rule is for a model, given in lower case. */
export function matches(rule: Rule, model: string): boolean {
  if (typeof rule === 'string') return holds(rule, model)
  return rule.some((part) =>
    typeof part === 'string' ? holds(part, model) : part.every((one) => holds(one, model)),
  )
}

function holds(condition: string, model: string): boolean {
  const text = condition.slice(1)
  switch (condition[0]) {
    case '=':
      return model === text
    case '^':
      return model.startsWith(text)
    case '$':
      return model.endsWith(text)
    case '*':
      return model.includes(text)
    default:
      return new RegExp(text).test(model)
  }
}
