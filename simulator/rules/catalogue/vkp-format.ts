import { SUBMISSION_TYPES } from '../../ground/event-types.ts'
import { enumerated } from '../../ground/text/enumerate.ts'
import type { Rule, Sources } from './rule.ts'
import { assumed, observed } from './source.ts'

const INFERENCE =
  "VKP's validator is documented only as more lenient than JFT's. What is documented of it, and of its corrections, is what this parser does in its default permissive mode; NHN's public VKP sample code uses it. That VKP's server does so too is an inference."

const parser = (file: string): Sources => ({
  vkp: observed({ document: 'firely-parser', section: file, reasoning: INFERENCE }),
})

const NODE = parser('FhirJsonNode.cs')
const TYPES = parser('TypedElementOnSourceNode.cs')
const BUILDER = parser('ComplexTypeReader.cs')

const structure = { type: 'structure', severity: 'error' } as const

/** What VKP's lenient parser rejects. It stops at the first fault, so a payload has one issue at most. */
export const VKP_FORMAT_RULES = {
  'vkp-json': {
    title: 'Body that VKP cannot read as JSON',
    type: 'invalid',
    severity: 'fatal',
    sources: {
      vkp: observed({
        document: 'firely-parser',
        section: 'SerializationUtil.cs',
        reasoning: `${INFERENCE} The words after "Details:", the path and the position are Newtonsoft.Json's.`,
      }),
    },
    fix: 'Send what a JSON library writes.',
  },
  'vkp-resource-type': {
    ...structure,
    sources: TYPES,
    title: 'Resource without an R4 resource type',
    fix: 'Put resourceType, with the name of an R4 resource type, in the resource.',
  },
  'vkp-resource-type-unexpected': {
    ...structure,
    sources: TYPES,
    title: 'resourceType where no resource belongs',
    fix: 'Remove resourceType from the datatype, or move the resource to where one belongs.',
  },
  'vkp-unknown-element': {
    ...structure,
    sources: TYPES,
    title: 'Unknown element, or a known one in the wrong letter case',
    fix: 'Remove the property, correct its name, or move its value to an extension.',
  },
  'vkp-choice-type': {
    ...structure,
    sources: TYPES,
    title: 'Choice element with a wrong or missing type in its name',
    fix: 'Name the property after the element and one of its types, for example valueString.',
  },
  'vkp-must-not-repeat': {
    ...structure,
    sources: BUILDER,
    title: 'Several values where one belongs',
    fix: 'Send one value.',
  },
  'vkp-value-not-allowed': {
    ...structure,
    sources: TYPES,
    title: 'Simple value where an object belongs',
    fix: 'Send an object with the parts of the type.',
  },
  'vkp-object-not-allowed': {
    ...structure,
    sources: parser('PrimitiveValueReader.cs'),
    title: 'Element id or url of an extension without a value',
    fix: 'Send a string.',
  },
  'vkp-companion': {
    ...structure,
    sources: NODE,
    title: 'Property with _ that is not an object, or parts in both name and _name',
    fix: 'Send an object with id or extension in _name, and the value in name.',
  },
  'vkp-literal': {
    ...structure,
    type: 'value',
    sources: TYPES,
    title: 'Value that cannot be read as its type',
    fix: 'Write the value in the form of its type: dates as YYYY-MM-DD, numbers with a point.',
  },
  'vkp-code': {
    ...structure,
    type: 'code-invalid',
    sources: BUILDER,
    title: 'Code outside the value set of its required binding',
    fix: 'Use one of the codes of the value set, exactly as it is written there.',
  },
  'vkp-endpoint-type': {
    title: 'Resource type without a submission endpoint at VKP',
    type: 'not-supported',
    severity: 'error',
    sources: {
      vkp: observed({
        document: 'vkp-samples',
        section: 'HelseId.json',
        reasoning:
          'There are scopes to write five types; that VKP has an endpoint for each, and takes nothing else, follows.',
      }),
    },
    fix: `Send a ${enumerated(SUBMISSION_TYPES, 'or')}.`,
  },
  'vkp-profile-element': {
    title: 'Missing element that the VKP profile makes mandatory',
    type: 'required',
    severity: 'error',
    sources: {
      vkp: assumed({
        document: 'vkp-profiles',
        section: 'vkp-Composition, vkp-MedicationDispense',
        reasoning:
          'Historic negative tests of VKP lack a category or a performer; whether VKP checks it today is not documented. Only with the setting vkpProfileCheck = reject.',
      }),
    },
    fix: 'Send the element: Composition.category, MedicationDispense.category and .performer.',
  },
  'vkp-not-forwarded': {
    title: 'Accepted by VKP, but not forwarded to JFT',
    type: 'invalid',
    severity: 'error',
    sources: {
      vkp: observed({
        document: 'vkp-reverse-proxy',
        section: 'A note on FHIR validation',
        reasoning: 'VKP corrects before posting to JFT what it has accepted; what it rejects is not posted.',
      }),
    },
    fix: "Mend what VKP's verdict names.",
  },
} as const satisfies Record<string, Rule>

/** Ids of the rules of VKP's lenient validator. */
export type VkpFormatRuleId = keyof typeof VKP_FORMAT_RULES
