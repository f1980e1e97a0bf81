import schema from '../../../../packages/sdk/plimsoll.schema.json'

interface Schema {
  readonly description?: string
  readonly properties?: { readonly [key: string]: Schema }
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

/** What the shipped schema says of a place in the file; empty: nothing. */
export function hintAt(path: readonly (string | number)[]): string {
  return find(schema as unknown as Schema, path)?.description?.replaceAll('`', '') ?? ''
}

function find(at: Schema, path: readonly (string | number)[]): Schema | undefined {
  const [step, ...rest] = path
  if (step === undefined) return at
  const own =
    typeof step === 'number'
      ? at.items
      : (at.properties?.[step] ?? (typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined))
  const found = own && find(own, rest)
  if (found) return found
  for (const one of at.anyOf ?? []) {
    const inside = find(one, path)
    if (inside) return inside
  }
  return undefined
}
