/** What is started and destroyed, and what is said, leaves nothing behind. */

import { test } from 'vitest'
import { expectNoTraceOfLives, expectNoTraceOfSignals } from './leaks.ts'

test(
  'a thousand starts and destroys leave no heap, no node and no listener behind',
  () => expectNoTraceOfLives(1000),
  600_000,
)

test(
  'a hundred thousand signals leave heap, nodes and listeners where they were',
  () => expectNoTraceOfSignals(100_000),
  600_000,
)
