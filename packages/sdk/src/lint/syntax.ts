import { createScanner, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'
import { cut } from '../config/describe.ts'
import { nearest } from '../config/nearest.ts'
import type { Placed } from './finding.ts'

/** What stands wrongly, and in words: what should, and how to mend it. */
type Told = readonly [expected: string, fix?: string]

/** What can be mended by itself: the rest of the file is read as it is meant. */
const SEPARATE: { readonly [error: string]: Told } = {
  InvalidCommentToken: ['no comment: JSON has none', 'Remove it.'],
  InvalidUnicode: ['four hexadecimal digits behind "\\u"', 'Write the letter itself.'],
  InvalidEscapeCharacter: [
    'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u with four digits',
    'Write a backslash that should be read as "\\\\".',
  ],
  InvalidCharacter: ['no line break, tab or other control in text', 'Write "\\n" for a line break, "\\t" for a tab.'],
}

const BROKEN: { readonly [error: string]: Told } = {
  PropertyNameExpected: ['a key in double quotes', 'Write " around it.'],
  ValueExpected: ['a value', 'Write one, or remove its key.'],
  ColonExpected: ['":" between a key and its value', 'Put ":" before it.'],
  CommaExpected: ['"," before the next entry', 'Put a comma behind the entry before.'],
  EndOfFileExpected: ['nothing behind the end of the file', 'Remove it, or a bracket too many before it.'],
  UnexpectedEndOfComment: ['no comment: JSON has none', 'Remove it.'],
  UnexpectedEndOfString: ['text that ends on its line', 'Put a double quote at its end.'],
  UnexpectedEndOfNumber: ['a digit behind it', 'Write one, or remove what would need it.'],
  InvalidNumberFormat: ['a number such as 0.8 or 100', 'Write it so.'],
}

const WORDS = ['true', 'false', 'null']

/**
 * Finds what keeps a text from being JSON.
 *
 * A slip within a value is told wherever it stands. Of what upsets the order of the file only the first is told: what
 * follows may follow from it.
 *
 * @param text Of bounded depth.
 * @param lineOf The line of a unit of it, from 1.
 */
export function syntaxFaults(text: string, lineOf: (at: number) => number): readonly Placed[] {
  if (!text.trim())
    return [place([0, 0], 'nothing', ['a configuration', 'Begin with { "version": 1, "triggers": [] }.'])]
  const found: Placed[] = []
  const open: number[] = []
  // The parser tells an end before it tells that it is missing.
  let closed: number | undefined
  const begin = (offset: number): void => void open.push(offset)
  const end = (): void => {
    closed = open.pop()
  }
  let isBroken = false
  const onError = (error: ParseErrorCode, offset: number, length: number): void => {
    const name = printParseErrorCode(error)
    const separate = SEPARATE[name]
    if (separate) found.push(place([offset, offset + length], text.slice(offset, offset + length), separate))
    else if (!isBroken) {
      isBroken = true
      const opened = name.startsWith('Close') ? closed : open.at(-1)
      const bracket = opened === undefined ? undefined : { sign: text[opened]!, line: lineOf(opened) }
      found.push(broken(text, name, [offset, offset + length], bracket))
    }
  }
  visit(
    text,
    { onError, onObjectBegin: begin, onArrayBegin: begin, onObjectEnd: end, onArrayEnd: end },
    { disallowComments: true },
  )
  return found
}

/** @param opened The innermost bracket that is open. */
function broken(
  text: string,
  name: string,
  range: readonly [from: number, to: number],
  opened: { readonly sign: string; readonly line: number } | undefined,
): Placed {
  const token = text.slice(...range)
  const comma = text.slice(0, range[0]).trimEnd().length - 1
  if (text[comma] === ',' && /^[}\]]/.test(token))
    return place([comma, comma + 1], ',', [`no comma before "${token}"`, 'Remove the comma.'])
  if (opened && /^[}\]]?$/.test(token)) {
    const close = opened.sign === '{' ? '}' : ']'
    if (token !== close)
      return place(range, token || 'the end of the file', [
        `"${close}" to close the "${opened.sign}" of line ${opened.line}`,
        `Put "${close}" where that ends.`,
      ])
  }
  if (token === ',' && /[,[{]$/.test(text.slice(0, comma + 1)))
    return place(range, token, ['one comma between two entries', 'Remove the comma.'])
  if (/^['‘’“”]/.test(token)) return place(range, token, ['text in double quotes', 'Write " around it.'])
  const word = /^\w+$/.test(token) ? nearest(token, WORDS) : undefined
  if (word && name === 'InvalidSymbol') return { ...place(range, token, ['a value', `Write ${word}.`]), nearest: word }
  if (name === 'InvalidSymbol')
    return place(range, token, [
      'a key or a value; both are in double quotes, but for numbers, true, false and null',
      'Write " around it.',
    ])
  return place(range, token || 'the end of the file', BROKEN[name] ?? ['JSON', 'Remove it.'])
}

const place = ([from, to]: readonly [from: number, to: number], found: string, [expected, fix]: Told): Placed => ({
  severity: 'fault',
  code: 'syntax',
  path: [],
  from,
  to,
  found: cut(found),
  expected,
  ...(fix && { fix }),
})

/** Where a text first opens an object or a list deeper than so many levels; `undefined` if it nowhere does. */
export function deeperThan(text: string, most: number): number | undefined {
  const scanner = createScanner(text, true)
  let depth = 0
  for (let last = -1; scanner.getPosition() < text.length && scanner.getPosition() > last; ) {
    last = scanner.getPosition()
    scanner.scan()
    const token = text[scanner.getTokenOffset()]
    if (token === '{' || token === '[') depth++
    if (token === '}' || token === ']') depth--
    if (depth > most) return scanner.getTokenOffset()
  }
  return undefined
}
