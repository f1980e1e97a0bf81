/** Where something stands in a file, from the top. */
export type JsonPath = readonly (string | number)[]

/** One thing that a file should have otherwise: a fault, which costs a part of it, or a piece of advice. */
export interface Finding {
  readonly severity: 'fault' | 'advice'
  /** What kind of thing it is, in kebab case: `duration`, `duplicate-key`. */
  readonly code: string
  /** Empty for the file as a whole, and where its text cannot be read as JSON. */
  readonly path: JsonPath
  /** The text that it is about, in UTF-16 units from 0; `to` is the first unit behind it. */
  readonly from: number
  readonly to: number
  /** Of `from`, each counted from 1, columns in UTF-16 units: as editors do. */
  readonly line: number
  readonly column: number
  /** What stands there, shortened. */
  readonly found: string
  /** What should; for advice, why. */
  readonly expected: string
  /** The nearest valid name, where one is near enough to be meant. */
  readonly nearest?: string
  /** How to mend it: a sentence. */
  readonly fix?: string
  /** The trigger that it is about. */
  readonly triggerId?: string
}

/** A finding whose place is not yet counted in lines. */
export type Placed = Omit<Finding, 'line' | 'column'>
