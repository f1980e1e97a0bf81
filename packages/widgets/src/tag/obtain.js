// @ts-check

/**
 * Makes what stands in `plimsoll-checked.js` in the place of `import()`: it runs a chunk only when the browser has found
 * it, and all that it needs, to be the files of this build.
 *
 * `import()` takes no hash, an import map is an inline script, and Trusted Types forbid to set a script's `src`. A
 * `modulepreload` has its file checked, and is what `import()` then finds in the page's module map; but a file that
 * failed there Chromium's `import()` would fetch again and run. So a chunk is asked for only after all have loaded.
 * WebKit (measured in 2.50) takes any file for a `modulepreload`, whatever its hash: there no chunk is run.
 *
 * Its text is put into the build by `.ci/integrity.mjs`: it may use nothing from around it.
 *
 * @param {{ readonly [file: string]: string }} hashes
 * @param {{ readonly [file: string]: readonly string[] }} needs What runs with a file, or is fetched by it later, itself included.
 */
export function createObtain(hashes, needs) {
  const scripts =
    typeof document === 'undefined' ? [] : Document.prototype.querySelectorAll.call(document, 'script[data-plimsoll]')
  // Read now: a `<base>` that comes later would lead elsewhere.
  const { src, nonce } = /** @type {HTMLScriptElement} */ (
    [...scripts].find((script) => script instanceof HTMLScriptElement && script.src) ?? {}
  )
  /** @type {Map<string, Promise<void>>} */
  const checks = new Map()

  /** @param {string} file */
  const check = (file) => {
    const checking = new Promise((/** @type {(done: void) => void} */ resolve, reject) => {
      const link = document.createElement('link')
      link.rel = 'modulepreload'
      link.integrity = /** @type {string} */ (hashes[file])
      link.nonce = nonce
      link.href = new URL(file, src).href
      link.onload = () => resolve(link.remove())
      link.onerror = () => {
        link.remove()
        checks.delete(file)
        reject(new Error(`${file} could not be had, or is not the file that was built.`))
      }
      document.head.append(link)
    })
    checks.set(file, checking)
    return checking
  }

  /** @param {string} file */
  return async (file) => {
    // Every WebKit says so, and nobody who sends files can make it say otherwise.
    if (/^Apple/.test(navigator.vendor)) throw new Error('This browser checks no hash of a module: none is run.')
    // All are asked for in one task: what a file imports it finds on its way, to be checked.
    await Promise.all(/** @type {string[]} */ (needs[file]).map((one) => checks.get(one) ?? check(one)))
    return import(new URL(file, src).href)
  }
}
