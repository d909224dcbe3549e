/** The value of an expression of numbers, `+ - * /` and parentheses; throws an `Error` at anything else. */
export function calculate(expression: string): number {
  const tokens = expression.match(/\d+(?:\.\d+)?|\S/g) ?? []

  function sum(): number {
    let value = product()
    while (tokens[0] === '+' || tokens[0] === '-') {
      value = tokens.shift() === '+' ? value + product() : value - product()
    }
    return value
  }

  function product(): number {
    let value = factor()
    while (tokens[0] === '*' || tokens[0] === '/') {
      value = tokens.shift() === '*' ? value * factor() : value / factor()
    }
    return value
  }

  function factor(): number {
    const token = tokens.shift()
    if (token === '-') return -factor()
    if (token !== '(') return number(token)
    const value = sum()
    if (tokens.shift() !== ')') throw new Error(`a parenthesis is open in "${expression}"`)
    return value
  }

  function number(token = 'the end'): number {
    const value = Number(token)
    if (Number.isNaN(value)) throw new Error(`${token} is no number in "${expression}"`)
    return value
  }

  const value = sum()
  if (tokens.length > 0) throw new Error(`"${expression}" goes on after its end`)
  // Twelve digits: binary fractions leave 96 * 1.6 a little above 153.6.
  return Number(value.toPrecision(12))
}
