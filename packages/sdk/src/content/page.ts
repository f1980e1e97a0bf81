/** What the words and links of a prompt need to know of the page that it stands on. */
export interface PageFacts {
  /** This page's address: links are resolved against it, and it is `{return}`. */
  readonly href: string
  readonly origin: string
  /** Other origins that links may lead to, as `https://billing.acme.test`. */
  readonly linkOrigins: readonly string[]
  /** The page's language (`<html lang>`), then the browser's (`navigator.languages`); what is empty or no tag is passed over. */
  readonly locales: readonly (string | undefined)[]
}
