/** Most characters of a trait that a text takes in. */
const LONGEST = 100

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/

/** Whether a text has letters of a script that is read from the right. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text)
}

/** What stands under these keys, one within the other: own properties only, nothing comes from a prototype. */
export function own(of: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce(
    (one, key) =>
      Object(one) === one && Object.hasOwn(one as object, key) ? (one as Record<string, unknown>)[key] : undefined,
    of,
  )
}

/**
 * Makes a trait safe to stand in a sentence: one line of at most 100 characters, without controls, direction marks that
 * would reach out of it, lone surrogates or towers of combining marks.
 */
export function clean(trait: string): string {
  const letters = [
    ...trait
      .slice(0, 9 * LONGEST)
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(/[\u202a-\u202e\u2066-\u2069]|(?!\s)\p{Cc}/gu, '')
      .replace(/\s+/g, ' ')
      .replace(/(\p{M}{4})\p{M}+/gu, '$1')
      .trim(),
  ]
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('')
}

/** Keeps what may run the other way than the text around it from pulling its neighbours along. */
export function isolate(text: string, around: string): string {
  return isRightToLeft(text + around) ? `\u2068${text}\u2069` : text
}

export function capitalise(text: string): string {
  return text.replace(/^./u, (letter) => letter.toUpperCase())
}

/** Sentences, those that are not said left out. */
export function join(...sentences: readonly (string | false | undefined)[]): string {
  return sentences.filter(Boolean).join(' ')
}
