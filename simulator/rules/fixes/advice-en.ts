import { EVENT_TYPES } from '../../ground/event-types.ts'
import { enumerated } from '../../ground/text/enumerate.ts'

/**
 * What to do about an issue, in English: whole sentences first, then the parts that they are made of. A name in braces is a
 * value of the advice. The Norwegian sentences are the dashboard's.
 */
export const ADVICE_EN = {
  wrap: '`{name}` must be a list; you sent {found}: wrap it in [ ].',
  unwrap: '`{name}` must be one value ({expected}); you sent a list of one: remove the [ ] around it.',
  flatten: 'An item of `{name}` must be one value ({expected}); you sent a list in the list: remove the inner [ ].',
  'keep-one': '`{name}` must be one value ({expected}); you sent {found}: keep one of them, without [ ].',
  'leave-out': '`{name}` is {found}: leave it out, or give it a value ({expected}).',
  'leave-out-around':
    '`{name}` is {found}, and `{around}` has nothing else: leave out `{around}`, or give `{name}` a value ({expected}).',
  'leave-item-out': 'An item of `{name}` is {found}: remove it from the list, or give it a value ({expected}).',
  'leave-item-null':
    'An item of `{name}` is {found}: write null for it, which keeps the place for the parts in `{companion}`.',
  'null-items':
    'An item of `{name}` has neither a value nor parts in `{companion}`: remove it from the list, and from the other list where both are there.',
  fill: '`{name}` is {found}, but mandatory: it cannot be left out. Give it a value ({expected}).',
  'fill-around': '`{name}` is {found}, and the mandatory `{around}` has nothing else. Give it a value ({expected}).',
  object: '`{name}` must be an object ({type}); you sent {found}: put it into one, for example {example}.',
  'object-in-text': '`{name}` must be an object ({type}); you sent one as text, in quotes: send the object itself.',
  'body-in-text': 'The body is JSON as text, in quotes: send the JSON itself, and serialize it once.',
  lift: '`{name}` must be a simple value; you sent an object with nothing but `value`: write {right} alone.',
  parts:
    '`{name}` must be a simple value; its id and extensions belong in `{companion}`: rename `{name}` to `{companion}`.',
  simple:
    '`{name}` must be a simple value ({expected}); you sent an object. Only its id and extensions are an object, in `{companion}`.',
  companion:
    '`{name}` must be an object with the id or the extensions of `{plain}`; you sent {found}. The value itself belongs in `{plain}`.',
  'companion-value':
    '`{name}` has the value of `{plain}`, and only its id and extensions belong there: rename `{name}` to `{plain}`.',

  rename: '`{owner}` has no element `{name}`; `{nearest}` was probably meant: rename it.',
  'name-case': '`{name}` must be written `{nearest}`, in that letter case: rename it.',
  'empty-name': 'A property has no name: give it the name of an element of `{owner}`, or leave it out.',
  'rename-taken':
    '`{owner}` has no element `{name}`. `{nearest}` is nearest, and is there already: keep one of the two.',
  'unknown-near':
    '`{owner}` has no element `{name}`; `{nearest}` is nearest. Rename it, move the information to an extension, or leave it out.',
  unknown:
    '`{owner}` has no element `{name}`. Use one that it has ({elements}), move the information to an extension, or leave it out.',
  'unknown-empty': '`{owner}` has no element `{name}`, and it is {found}: leave it out.',
  comments: '`{name}` is of an older version of FHIR: leave it out.',
  'resource-type-inside':
    'Only resources have `resourceType`, and `{owner}` is not one: leave it out, or move the resource to where one belongs.',
  underscore: '`{plain}` has parts, so its id and extensions stand in it: rename `{name}` to `{plain}`.',
  'underscore-empty': '`{plain}` has parts and no `{name}` beside it, and `{name}` is {found}: leave it out.',
  'underscore-both':
    '`{plain}` has parts, so its id and extensions stand in it: move what is in `{name}` into `{plain}`.',
  'choice-rename': '`{name}` must end in its type, and what you sent can only be one: rename it to `{nearest}`.',
  'choice-name': '`{name}` must end in its type. For {found} that is {names}.',
  'choice-type-rename': '`{name}` is none of the names of `{element}[x]`; `{nearest}` was probably meant: rename it.',
  'choice-type': '`{name}` is none of the names of `{element}[x]`: use {names}.',
  'choice-repeated': '`{element}[x]` may have one type, and you sent several: keep {names}.',
  'choice-repeated-empty': '`{element}[x]` may have one type, and `{empty}` says nothing: leave it out.',
  'duplicate-equal': '`{name}` is there twice with the same value: remove one of the two.',
  'duplicate-empty': '`{name}` is there twice, once as {found}: remove that one.',
  'duplicate-lists': '`{name}` is there twice: put the items of both into one list.',
  duplicate: '`{name}` is there twice, with different values: keep one of the two.',
  add: 'Add `{name}` to `{owner}`, where it is mandatory ({expected}).',
  'add-list': 'Add `{name}` to `{owner}`, where it is mandatory: a list with at least one item ({expected}).',
  'add-choice': 'Add `{name}[x]` to `{owner}`, where it is mandatory: {names}.',
  'resource-type-add': 'Add `resourceType` with the name of a resource type of R4, for example "Composition".',
  'resource-type-rename': 'A resource says its type in `resourceType`; `{name}` was probably meant so: rename it.',
  'resource-type-unwrap': '`resourceType` must be a string; you sent a list of one: remove the [ ] around it.',
  'resource-type-string': '`resourceType` must be a string, for example "Composition".',
  'resource-type-respell': 'R4 has no resource type "{sent}"; "{nearest}" was probably meant: write that.',
  'resource-type-near': 'R4 has no resource type "{sent}"; "{nearest}" is nearest.',
  'resource-type-unknown': `R4 has no resource type "{sent}". JFT takes ${enumerated(EVENT_TYPES, 'and')}, and in a Bundle every resource type of R4.`,
  'resource-type-datatype':
    '"{sent}" is a datatype, not a resource type: send a resource that has an element of that type.',
  raise:
    'A contained resource must not contain others: move the inner ones to the `contained` of the outermost resource.',
  nested:
    'A contained resource must not contain others: move the inner ones to the `contained` of the outermost resource, each with an id of its own there.',

  respell: '`{name}` is {sent}, which is not a valid {type}: write {right}.',
  'respell-everywhere':
    '`{name}` is {sent}, which is not a valid {type}: write {right}, also where something refers to it.',
  literal: '`{name}` is {sent}, which is not a valid {type}: write {expected}.',
  'too-long': '`{name}` has {count} characters; R4 takes 1,048,576: shorten it, or send it as an attachment.',
  unfilled: '`{name}` is {sent}: a placeholder in braces was not filled in.',
  'date-only': '`{name}` is {sent}, but a date has no time: write {right}, or use an element of type dateTime.',
  offset: '`{name}` is {sent}: a time needs its offset from UTC. If it was Norwegian time, write {right}.',
  quote: '`{name}` must be a string; you sent {found}: put it in quotes, {right}.',
  unquote: '`{name}` must not be a string; you sent {sent}: remove the quotes, {right}.',
  'wrong-type': '`{name}` must be {wanted} ({expected}); you sent {found}.',
  'unquote-size':
    '`{name}` must not be a string; you sent {sent}: remove the quotes, {right}. Hl7.Fhir.R4 6 of .NET writes `Attachment.Size` so: set `SizeElement = new UnsignedInt({right})` instead.',
  number: '`{name}` is {sent}, which does not fit its type: write {expected}.',
  code: '`{name}` is {sent}, which is not allowed: use {codes}.',
  'code-near': '`{name}` is {sent}, which is not allowed: use {codes}. "{nearest}" is nearest.',
  'code-respell': '`{name}` is {sent}, which is not allowed; "{nearest}" was probably meant. Allowed is {codes}.',

  surrogate:
    'A string has one half of a surrogate pair, which is not a character: write both halves, or the character itself.',

  json: 'This is not JSON: look at this place.',
  'json-xml': 'This is XML, not JSON: send the resource as JSON.',
  'json-empty': 'The body is empty: send a resource as JSON.',
  'json-comment': 'JSON has no comments: remove them.',
  'json-comma': 'Remove the comma, which nothing follows.',
  'json-no-comma': 'Put a comma between the two values.',
  'json-quotes': 'JSON has its names and texts in double quotes: write " instead of the single quotes.',
  'json-name': 'JSON has its names in double quotes: put them around the name.',
  'json-word': 'JSON writes true, false and null in small letters.',
  'json-digits': 'A JSON number has a digit on both sides of its point and no + before it.',
  'json-control': 'A control character in a text is written as an escape, a line break as \\n.',
  'json-escape': 'JSON has no such escape: write a backslash as \\\\.',
  'json-space': 'Only blanks, tabs and line breaks may stand between the parts of JSON: remove the other white space.',
  'json-after': 'Something stands after the end of the resource: remove it.',
  'json-truncated': 'The text ends too early: see that the whole of it is sent.',
  'json-bracket': 'A bracket of the wrong kind closes an object or list: see which one is missing.',
  'json-colon': 'A name and its value are separated by a colon.',
  'json-deep': 'Objects and lists may lie in each other at most 64 deep: nest less.',
  'json-bare': 'A text must be in double quotes.',
  'json-number': 'This is not a number of JSON; NaN and Infinity have none.',
  'json-zeros':
    'A JSON number has no zeros before it: write the number that is meant. Some readers take it for an octal number, and VKP would forward that.',
  'json-more': '{first} In all, {count} places can be mended so that it is JSON.',

  'bundle-type':
    '`Bundle.type` must be document here: set it, with an identifier, a timestamp and the Composition as first entry.',
  'too-large': 'Send at most {limit} bytes; these are {bytes} or more: leave out attachments, or split the event.',
  'event-type': '{service} has no endpoint for {type}: send it as an entry of a Bundle.',
  'patient-to-pit':
    'A patient alone goes to PIT: POST /v1/Patient. What belongs to an event is an entry of its Bundle.',
  'not-for-pit': `PIT takes Patient alone. Events go to JFT, as ${enumerated(EVENT_TYPES, 'or')}.`,
  'endpoint-of-type': 'Post a {type} to the path that ends in /v1/{type}.',
  'number-synthetic': '`{name}` must be a synthetic identity number here, for example 02850097219.',
  'number-real': '`{name}` is synthetic: use the Test environment for it.',
  'number-invalid':
    '`{name}` is not an identity number: correct it, for example to 02850097219, or give it the identifier system that it belongs to.',

  encode: 'Write the file, or send the body, as UTF-8.',
  'encode-from': 'Write the file, or send the body, as UTF-8: it looks like {from}.',

  'one-object': 'one object',
  string: 'a string',
  'number-found': 'a number',
  boolean: 'true or false',
  list: 'a list of {count}',
  null: 'null',
  'empty-string': 'an empty string',
  'blank-string': 'nothing but white space',
  'empty-list': 'an empty list',
  'empty-object': 'an empty object',
  'bare-resource': 'a resource with nothing but its type',
  'type-such-as': '{type}, such as {example}',
  'one-of': 'one of {codes}',
  anything: 'of any type',
  or: 'or',
} as const
