/** What is started and destroyed, and what is said, leaves nothing behind. In full in `leaks.long.test.ts`. */

import { test } from 'vitest'
import { expectNoTraceOfLives, expectNoTraceOfSignals } from './leaks.ts'

test(
  'a hundred starts and destroys leave no heap, no node and no listener behind',
  () => expectNoTraceOfLives(100),
  600_000,
)

test(
  'ten thousand signals leave heap, nodes and listeners where they were',
  () => expectNoTraceOfSignals(10_000),
  600_000,
)
