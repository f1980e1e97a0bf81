/** Opens and saves files of the visitor's own: in place where the browser can, else as an upload and a download. */

/** What the File System Access API adds, where there is one. */
interface Picker {
  showOpenFilePicker?(options: object): Promise<FileSystemFileHandle[]>
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>
}

export interface Opened {
  readonly name: string
  readonly text: string
  /** Where it is saved to in place. */
  readonly handle?: FileSystemFileHandle
}

const TYPES = { types: [{ description: 'JSON', accept: { 'application/json': ['.json'] } }] }
const picker = globalThis as unknown as Picker

/** Whether somebody has only changed their mind. */
const isRefusal = (cause: unknown): boolean => (cause as { name?: string } | null)?.name === 'AbortError'

/** Lets the visitor choose a file. `undefined`: none was chosen. */
export async function openFile(): Promise<Opened | undefined> {
  if (!picker.showOpenFilePicker) return chooseFile()
  try {
    const [handle] = await picker.showOpenFilePicker(TYPES)
    if (!handle) return
    const file = await handle.getFile()
    return { name: file.name, text: await file.text(), handle }
  } catch (cause) {
    if (isRefusal(cause)) return
    throw cause
  }
}

function chooseFile(): Promise<Opened | undefined> {
  return new Promise((done) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = '.json,application/json'
    input.addEventListener('cancel', () => done(undefined))
    input.addEventListener('change', async () => {
      const [file] = input.files ?? []
      done(file && { name: file.name, text: await file.text() })
    })
    input.click()
  })
}

/**
 * Saves a file.
 *
 * @param handle Where it was opened from, or saved to before.
 * @returns Where it is saved to from now on; `'downloaded'` where that cannot be known; `undefined`: it was not saved.
 */
export async function saveFile(
  name: string,
  text: string,
  handle?: FileSystemFileHandle,
): Promise<FileSystemFileHandle | 'downloaded' | undefined> {
  if (!picker.showSaveFilePicker) {
    download(name, text)
    return 'downloaded'
  }
  try {
    const to = handle ?? (await picker.showSaveFilePicker({ ...TYPES, suggestedName: name }))
    const writable = await to.createWritable()
    await writable.write(text)
    await writable.close()
    return to
  } catch (cause) {
    if (isRefusal(cause)) return
    throw cause
  }
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
