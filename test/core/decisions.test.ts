import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'
import { decide, type Page } from '../../packages/sdk/src/core/decide.ts'
import { type AccountLedger, emptyAccount, type Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { DAY, given, HOUR, type Known, ledgerOf, MINUTE, NOW, reasons, SECOND, shown } from './sample.ts'

/**
 * Decisions as data. `shows` is the trigger that shows, or `null`; `why` the reasons, in the order of `explain`, of the
 * triggers that do not. Moments are written from now: `"3d ago"`, `"in 10s"`.
 */
interface Case extends Known {
  readonly it: string
  readonly triggers?: readonly Trigger[]
  readonly file?: Partial<PlimsollConfig>
  readonly ledger?: Partial<Ledger>
  /** What the ledger keeps of the account. */
  readonly seen?: Partial<AccountLedger>
  readonly page?: Partial<Page>
  readonly shows: string | null
  readonly why?: { readonly [triggerId: string]: readonly string[] }
}

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY }

/** Reads a moment written from now. */
function readMoment(_: string, value: unknown): unknown {
  const found = typeof value === 'string' && /^(in )?([\d.]+)(ms|s|m|h|d)( ago)?$/.exec(value)
  if (!found || !found[1] === !found[4]) return value
  const length = Number(found[2]) * (UNITS[found[3] as string] as number)
  return NOW + (found[1] ? length : -length)
}

const folder = new URL('../cases/decisions/', import.meta.url)

for (const name of readdirSync(folder)) {
  const file = JSON.parse(readFileSync(new URL(name, folder), 'utf8'), readMoment)
  const { about, triggers, cases } = file as { about: string; triggers: readonly Trigger[]; cases: readonly Case[] }

  describe(about, () => {
    test.each(cases.map((item) => [item.it, item] as const))('%s', (_, { ledger, seen, shows, why = {}, ...known }) => {
      const accounts = { a1: { ...emptyAccount, ...seen } }
      const input = given({ triggers, ...known, ledger: ledgerOf({ accounts, ...ledger }) })
      const named = Object.entries(reasons(input)).map(([id, all]) => [id, all.map(({ reason }) => reason)])
      expect({ shows: shown(decide(input)) ?? null, why: Object.fromEntries(named) }).toEqual({
        shows,
        why: { ...(shows && { [shows]: [] }), ...why },
      })
    })
  })
}
