import { cdp } from 'vitest/browser'

/** A node of Chromium's accessibility tree, as far as it is looked at. */
interface AxNode {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly description?: { readonly value: string }
  readonly value?: { readonly value: unknown }
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value: unknown } }[]
  readonly childIds?: readonly string[]
}

interface Frame {
  readonly frame: { readonly id: string; readonly name?: string }
  readonly childFrames?: readonly Frame[]
}

const send = <T>(method: string, params: object = {}): Promise<T> =>
  (cdp() as unknown as { send(method: string, params: object): Promise<T> }).send(method, params)

/** What a reader is told of a node besides its role and name. Numbers of a range, and what is only a detail, are left. */
const STATES = ['focused', 'modal', 'disabled', 'expanded', 'live', 'level', 'readonly', 'invalid']
/** What has no meaning of its own. */
const PLAIN = /^(generic|paragraph|none|InlineTextBox|RootWebArea|LineBreak)$/

/** One node in words: `button "Dismiss"`, `dialog "Title" (its text) [focused modal]`. */
function wordsOf({ role, name, description, value, properties = [] }: AxNode): string {
  const states = STATES.flatMap((state) => {
    const found = properties.find((property) => property.name === state)?.value.value
    if (found === undefined || found === false || found === 'false' || found === 'off')
      return state === 'expanded' && found === false ? ['collapsed'] : []
    return [found === true ? state : `${state}=${found}`]
  })
  return [
    role?.value,
    name?.value && JSON.stringify(name.value),
    description?.value && `(${description.value})`,
    value?.value !== undefined && `= ${value.value}`,
    states.length && `[${states.join(' ')}]`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The page as a screen reader is told of it, a line a node, in its reading order. */
export async function readAloud(): Promise<string[]> {
  const { frameTree } = await send<{ frameTree: Frame }>('Page.getFrameTree')
  const frame = frameTree.childFrames?.find(({ frame: { name } }) => name === 'vitest-iframe')
  const { nodes } = await send<{ nodes: AxNode[] }>('Accessibility.getFullAXTree', { frameId: frame?.frame.id })
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const lines: string[] = []
  const walk = (node: AxNode, depth: number, said: string): void => {
    const role = node.role?.value ?? ''
    const name = node.name?.value ?? ''
    const isLive = node.properties?.some(({ name: property }) => property === 'live')
    // A text that only gives its parent the name is said with it.
    const isSaid = role === 'StaticText' && said === name
    const counts = !node.ignored && !isSaid && role !== 'InlineTextBox' && (isLive || !PLAIN.test(role))
    if (counts) lines.push('  '.repeat(depth) + wordsOf(node))
    for (const id of node.childIds ?? []) {
      const child = byId.get(id)
      if (child) walk(child, depth + (counts ? 1 : 0), counts ? name : said)
    }
  }
  if (nodes[0]) walk(nodes[0], 0, '')
  return lines
}
