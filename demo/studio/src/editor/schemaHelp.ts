/** What the shipped schema says of a place in the file: fetched when it is first asked for. */

import { ClientCapabilities, getLanguageService, TextDocument } from 'vscode-json-languageservice'
import schema from '../../../../packages/sdk/plimsoll.schema.json?raw'

const SCHEMA = 'plimsoll.schema.json'

// Whatever schema a file names, it is this one: nothing is fetched.
const service = getLanguageService({
  clientCapabilities: ClientCapabilities.LATEST,
  schemaRequestService: () => Promise.resolve(schema),
})
service.configure({ validate: false, schemas: [{ uri: SCHEMA, fileMatch: ['*'], schema: JSON.parse(schema) }] })

function read(text: string) {
  const document = TextDocument.create('file:///triggers.json', 'json', 1, text)
  return { document, json: service.parseJSONDocument(document) }
}

/** One thing that may be written at a place. */
export interface Proposal {
  readonly label: string
  readonly is: 'key' | 'value'
  readonly help: string
  /** The text that it takes the place of. */
  readonly from: number
  readonly to: number
  /** A template in the language server's own notation: `$1` and `${1:…}` are places to go on at. */
  readonly template: string
}

const wordsOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : Array.isArray(content)
      ? content.map(wordsOf).join('\n\n')
      : String((content as { value?: string } | undefined)?.value ?? '')

/** Undoes what Markdown needs before marks of punctuation. */
const plain = (markdown: string): string =>
  markdown.replace(/\\([\\`*_{}[\]()#+\-.!<>|])/g, '$1').replace(/\n{2,}/g, '\n')

/** What may be written at a unit of the text. */
export async function proposalsAt(text: string, at: number): Promise<readonly Proposal[]> {
  const { document, json } = read(text)
  const list = await service.doComplete(document, document.positionAt(at), json)
  return (list?.items ?? []).map(({ label, kind, documentation, textEdit, insertText }) => {
    const range = textEdit && ('range' in textEdit ? textEdit.range : textEdit.replace)
    return {
      label,
      is: kind === 10 ? 'key' : 'value',
      help: plain(wordsOf(documentation)),
      from: range ? document.offsetAt(range.start) : at,
      to: range ? document.offsetAt(range.end) : at,
      template: textEdit?.newText ?? insertText ?? label,
    }
  })
}

/** What is to be known of the key or value at a unit of the text; empty: nothing. */
export async function helpAt(text: string, at: number): Promise<string> {
  const { document, json } = read(text)
  const hover = await service.doHover(document, document.positionAt(at), json)
  return hover ? plain(wordsOf(hover.contents)) : ''
}
