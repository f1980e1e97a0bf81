import { parseArgs } from 'node:util'
import { nearest } from '../config/nearest.ts'
import { type Command, type Input, Refusal } from './command.ts'

/** Reads the words after a command's name; what they say wrongly is a `Refusal` with the nearest valid name. */
export function readArguments(command: Command, words: readonly string[]): Input {
  const { name, options, least, most } = command
  const refuse = (why: string): never => {
    throw new Refusal(`${why} See "plimsoll help ${name}".`)
  }
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([key, { type, short }]) => [key, short ? { type, short } : { type }]),
    ),
    // What is wrong is told in words of our own.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!option) {
      const near = nearest(token.name, Object.keys(options))
      return refuse(`${name} has no option "${token.rawName}".${near ? ` Did you mean "--${near}"?` : ''}`)
    }
    const { type, value = 'VALUE', choices } = option
    if (type === 'boolean' && token.value !== undefined) refuse(`"${token.rawName}" takes no value.`)
    if (type === 'string' && !token.value) refuse(`"${token.rawName}" needs a value: ${token.rawName} ${value}.`)
    if (choices && !choices.includes(String(token.value))) {
      const near = nearest(String(token.value), choices)
      const known = near ? `Did you mean "${near}"?` : `There are: ${choices.join(', ')}.`
      refuse(`"${token.rawName}" knows no "${token.value}". ${known}`)
    }
  }
  if (positionals.includes('')) refuse(`${name} was given "" for a file.`)
  if (positionals.length < least)
    refuse(`${name} needs ${least > 1 ? `${least} files` : 'a file'}: "plimsoll ${name} ${command.takes}".`)
  if (positionals.length > most)
    refuse(`${name} takes ${most > 1 ? `${most} files` : 'one file'}, and was given ${positionals.length}.`)
  return { files: positionals, values: values as Input['values'] }
}
