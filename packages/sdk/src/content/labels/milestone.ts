/** What milestone triggers say. */
export const milestoneLabels = {
  'milestone.created': 'Your team has created {milestone} {resource}',
  'milestone.reached': 'Your team has reached {milestone} {resource}',
  'milestone.count': 'Your team has reached {milestone}',
  'milestone.has': '{current.name} has room for {current.limit}.',
  'milestone.nextAdds': '{plan.name} has room for {room} and adds {features}.',
  'milestone.next': '{plan.name} has room for {room}.',
  'milestone.adds': '{plan.name} adds {features}.',
  'toast.created': '{milestone} {resource} created',
  'toast.reached': '{milestone} {resource} reached',
  'toast.count': '{milestone} reached',
  'toast.text': '{current.name} has room for {current.limit}, {plan.name} for {room}.',
  'ask.created': 'Hi, we have created {milestone} {resource}.',
  'ask.reached': 'Hi, we have reached {milestone} {resource}.',
  'ask.count': 'Hi, we have reached {milestone}.',
}
