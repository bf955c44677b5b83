/**
 * What to do about an issue, in English: whole sentences first, then the parts that they are made of. A name in braces is a
 * value of the advice. The Norwegian sentences are the dashboard's.
 */
export const ADVICE_EN = {
  wrap: '`{name}` must be a list; you sent {found}: wrap it in [ ].',
  unwrap: '`{name}` must be one value ({expected}); you sent a list of one: remove the [ ] around it.',
  flatten: 'An item of `{name}` must be one value ({expected}); you sent a list in the list: remove the inner [ ].',
  'keep-one': '`{name}` must be one value ({expected}); you sent {found}: keep one, without [ ].',
  'leave-out': '`{name}` is {found}: leave it out, or give it a value ({expected}).',
  'leave-out-around':
    '`{name}` is {found}, and `{around}` has nothing else: leave out `{around}`, or give `{name}` a value ({expected}).',
  'leave-item-out': 'An item of `{name}` is {found}: remove it from the list, or give it a value ({expected}).',
  'leave-item-null':
    'An item of `{name}` is {found}: write null for it, which keeps the place for the parts in `{companion}`.',
  fill: '`{name}` is {found}, but mandatory: it cannot be left out. Give it a value ({expected}).',
  'fill-around': '`{name}` is {found}, and the mandatory `{around}` has nothing else. Give it a value ({expected}).',

  object: 'one object',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list of {count}',
  null: 'null',
  'empty-string': 'an empty string',
  'blank-string': 'nothing but white space',
  'empty-list': 'an empty list',
  'empty-object': 'an empty object',
  'type-such-as': '{type}, such as {example}',
  'one-of': 'one of {codes}',
  anything: 'of any type',
  or: 'or',
} as const
