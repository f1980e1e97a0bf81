/**
 * Tells whether a path matches a glob.
 *
 * `*` stands for one whole segment, or for any part of one (`/user-*`); `**` for any number of segments, none
 * included: `/billing/**` matches `/billing`. Case counts; empty segments do not, so a slash more or less at either end
 * is no difference. Steps are bounded by the two lengths multiplied, whatever the glob.
 *
 * @param path Without query and fragment.
 */
export function matchRoute(glob: string, path: string): boolean {
  return matchParts(segments(glob), segments(path), '**', (part, segment) => matchParts(part, segment, '*', equals))
}

/** Under which first segment a glob's paths are found; `*` where it leaves that open. */
export function firstOf(glob: string): string {
  const [first = ''] = segments(glob)
  return first.includes('*') ? '*' : first
}

const segments = (path: string): string[] => path.split('/').filter(Boolean)
const equals = (a: string, b: string): boolean => a === b

/**
 * Matches parts (segments, or characters) in one loop: where they part, the last wild card takes one more and only it,
 * for what an earlier one could take, the last one can take as well.
 */
function matchParts(
  parts: ArrayLike<string>,
  subject: ArrayLike<string>,
  wild: string,
  matches: (part: string, item: string) => boolean,
): boolean {
  let at = 0
  let resumeAt = 0
  let taken = 0
  for (let i = 0; i < subject.length; ) {
    const part = parts[at]
    if (part === wild) {
      resumeAt = ++at
      taken = i
    } else if (part !== undefined && matches(part, subject[i] as string)) {
      at++
      i++
    } else if (resumeAt) {
      at = resumeAt
      i = ++taken
    } else return false
  }
  while (parts[at] === wild) at++
  return at === parts.length
}
