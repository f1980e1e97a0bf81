/** What limit triggers say, blocks included. */
export const limitLabels = {
  'limit.title': '{used} of {limit} {resource} used',
  'limit.meter': '{resource} used',
  'limit.value': '{used} of {limit}',
  'limit.ask': 'Hi, we have used {used} of {limit} {resource}.',
  'full.title': 'All {limit} {resource} are in use',
  'full.title.one': 'Your one {resource} is in use',
  'full.text': 'New {resource} need room.',
  'full.offer': '{free}, or go to {plan.name} for {room} at {plan.price}.',
  'full.gives': '{free}, or go to {plan.name} for {room}.',
  'full.ask': '{free}, or ask an admin for {plan.name}, which has {room}.',
  free: 'Archive one',
  'free.seats': 'Free one',
  'free.wait': 'Wait until {resetsAt}',
}
