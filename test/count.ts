import type { Reporter, TestModule } from 'vitest/node'

/** Prints the closing line, `N passed, N failed`, where the runner and people look for it. */
export default class Count implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
    const passed = states.filter((state) => state === 'passed').length
    // A file that does not load, and an error outside any test, are failures too.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    const failed = states.filter((state) => state === 'failed').length + broken
    console.log(`${passed} passed, ${failed} failed`)
  }
}
