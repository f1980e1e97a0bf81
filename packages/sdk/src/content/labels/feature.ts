/** What feature triggers and the explainer say. */
export const featureLabels = {
  'feature.benefit': '{feature.benefit}.',
  'feature.not': 'It is not part of {current.name|your plan}.',
  'feature.part': 'It is part of {plan.name}.',
  'feature.ask': 'Hi, we would like to use {name}.',
  'feature.help': 'Could you help?',
}
