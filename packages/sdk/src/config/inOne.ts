/** Does in one go what is made to be done in steps. */
export function inOne<T>(steps: Generator<void, T>): T {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
