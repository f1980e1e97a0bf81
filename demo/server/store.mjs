/** Keeps one workspace for each browser, in one small file, so that a reload or a restart of the server loses nothing. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const MOST = 200

/**
 * @param {string | undefined} file Left out: in memory only.
 */
export function createStore(file) {
  /** Least recently changed first. @type {Map<string, import('./workspace.mjs').Workspace>} */
  const workspaces = new Map(file ? load(file) : [])

  return {
    /** @param {string} id */
    get: (id) => workspaces.get(id),
    /**
     * @param {string} id
     * @param {import('./workspace.mjs').Workspace} workspace
     */
    set(id, workspace) {
      workspaces.delete(id)
      workspaces.set(id, workspace)
      for (const oldest of workspaces.keys()) {
        if (workspaces.size <= MOST) break
        workspaces.delete(oldest)
      }
      if (file) save(file, [...workspaces])
    },
  }
}

/**
 * @param {string} file
 * @returns {[string, import('./workspace.mjs').Workspace][]}
 */
function load(file) {
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8'))
    return saved.version === 1 ? saved.workspaces : []
  } catch {
    return [] // the first start, or a file cut short: begin anew
  }
}

/** @param {string} file @param {unknown} workspaces */
function save(file, workspaces) {
  mkdirSync(dirname(file), { recursive: true })
  const next = `${file}.${process.pid}`
  writeFileSync(next, JSON.stringify({ version: 1, workspaces }))
  renameSync(next, file) // so that a crash leaves the old file or the new one, never half of one
}
