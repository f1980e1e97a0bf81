import * as z from 'zod/mini'
import { sections, triggerSchemas } from '../src/config/schema.ts'

/**
 * The whole file as one zod schema.
 *
 * The browser checks it part by part (`checkConfig`), so that no step takes long; here the parts are joined for the JSON
 * Schema and for the test that holds the hand-written types to it.
 */
export const configSchema = z.strictObject({
  $schema: z.exactOptional(sections.$schema),
  version: z.literal(1),
  product: z.exactOptional(sections.product),
  plans: z.exactOptional(sections.plans),
  resources: z.exactOptional(sections.resources),
  features: z.exactOptional(sections.features),
  links: z.exactOptional(sections.links),
  caps: z.exactOptional(sections.caps),
  guardrails: z.exactOptional(sections.guardrails),
  buyers: z.exactOptional(sections.buyers),
  savedGroups: z.exactOptional(sections.savedGroups),
  neverBlock: z.exactOptional(sections.neverBlock),
  labels: z.exactOptional(sections.labels),
  theme: z.exactOptional(sections.theme),
  ignore: z.exactOptional(sections.ignore),
  triggers: z.array(
    z.union([
      triggerSchemas.limit_approaching,
      triggerSchemas.feature_discovery,
      triggerSchemas.team_growth,
      triggerSchemas.usage_milestone,
    ]),
  ),
})
