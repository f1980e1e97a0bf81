import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { change, readCases } from './cases.ts'

const sound = parseConfig(change({})).config as CheckedConfig

describe.each(['shape', 'figures', 'conditions', 'copy', 'shared-parts'])('of %s', (name) => {
  test.each(readCases(name))('$name', ({ set, errors, triggers, config = {} }) => {
    const parsed = parseConfig(change(set))
    expect(parsed.errors).toEqual(errors)
    const { triggers: left, ...parts } = parsed.config as CheckedConfig
    expect(left).toEqual(sound.triggers.filter(({ id }) => triggers.includes(id)))
    const { triggers: _, ...soundParts } = sound
    const expected = { ...soundParts, ...config }
    // Where a case says nothing of a part, it stands as in the example, or as the case wrote it.
    for (const [part, value] of Object.entries(parts))
      if (part in config || !Object.keys(set).some((path) => path.startsWith(part)))
        expect({ [part]: value }).toEqual({ [part]: expected[part as keyof typeof expected] })
  })
})
