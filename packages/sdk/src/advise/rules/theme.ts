import {
  type Color,
  interpolate,
  modeHsl,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeRgb,
  parse,
  useMode,
  wcagContrast,
} from 'culori/fn'
import type { Rule } from '../advice.ts'

for (const mode of [modeRgb, modeLrgb, modeHsl, modeOklab, modeOklch]) useMode(mode as never)

/** The widgets' own colours, light and dark (packages/widgets/src/frame/base.css). */
const SURFACE = { light: '#ffffff', dark: '#1c1d21' }
const INK = { light: '#1a1b1f', dark: '#eeeef1' }

/** The quietest text is this much ink on surface. */
const QUIET = 0.68
const LEAST = 4.5

/** Looks whether text can be read in the theme's colours; the accent needs no look, for the widgets make it safe. */
export const themeRule: Rule = ({ config: { theme } }, tell) => {
  if (theme.surface === undefined && theme.ink === undefined) return
  const key = theme.ink === undefined ? 'surface' : 'ink'
  for (const scheme of ['light', 'dark'] as const) {
    if (theme.scheme && theme.scheme !== scheme) continue
    const surface = parse(theme.surface ?? SURFACE[scheme])
    const ink = parse(theme.ink ?? INK[scheme])
    // A variable of the host's, or a colour of a kind that only browsers know.
    if (!surface || !ink) continue
    const quiet = interpolate([surface, ink], 'oklab')(QUIET) as Color
    const contrast = wcagContrast(quiet, surface)
    if (contrast >= LEAST) continue
    tell(
      'low-contrast',
      ['theme', key],
      `quiet text at ${Math.floor(contrast * 10) / 10} to 1 in the ${scheme} scheme`,
      theme.ink !== undefined && theme.surface !== undefined
        ? 'Move "ink" and "surface" apart, or leave both out.'
        : `Give "${key === 'ink' ? 'surface' : 'ink'}" too, and "scheme": a colour of yours meets the built-in one.`,
    )
    return
  }
}
