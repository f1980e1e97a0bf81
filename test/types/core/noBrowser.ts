/**
 * The core's project knows no browser, no node and no timers: each line below must fail to compile.
 * Should one begin to compile, its `@ts-expect-error` becomes the error.
 */

// @ts-expect-error: the core has no DOM
export const page = document
// @ts-expect-error: the core has no window
export const frame = window
// @ts-expect-error: the core has no timers
export const timer = setTimeout
// @ts-expect-error: the core has no network
export const network = fetch
// @ts-expect-error: the core has no storage
export const storage = indexedDB
// @ts-expect-error: the core does not print
export const printer = console
// @ts-expect-error: the core does not run in node only
export const runtime = process
