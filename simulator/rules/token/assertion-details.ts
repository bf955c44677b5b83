import { finding, isMembers, type Members, quote } from '../finding.ts'
import type { Issue } from '../issue.ts'

/** What a client assertion asks HelseID to write into the access token. */
export interface Details {
  readonly parent?: string | undefined
  readonly child?: string | undefined
  readonly journalId?: string | undefined
}

/** Details that were read, with what is wrong with them and what is only worth a look. */
export interface ReadDetails {
  readonly details: Details
  readonly issues: readonly Issue[]
  readonly warnings: readonly Issue[]
}

/** Parent, with or without a child, of a multi-tenant client. */
const PARENT_SYSTEM = 'urn:oid:1.0.6523'
/** Child of a single-tenant client; the second is an old mistake that HelseID.Samples still has. */
const CHILD_SYSTEMS = ['urn:oid:2.16.578.1.12.4.1.4.101', 'urn:oid:2.16.578.1.12.4.1.2.101']

/**
 * Reads the claim `assertion_details`, or `authorization_details` in its place: one entry or a list (HelseID,
 * "Organisasjonsnumre"; NHN's libraries send a bare object for one entry).
 */
export function readAssertionDetails({ assertion_details, authorization_details }: Members): ReadDetails {
  if (assertion_details !== undefined && authorization_details !== undefined) {
    return broken(
      'The client assertion has both assertion_details and authorization_details; send one.',
      'one claim',
      'both',
    )
  }
  const claim = assertion_details ?? authorization_details
  if (claim === undefined) return { details: {}, issues: [], warnings: [] }
  const entries = [claim].flat()
  if (!entries.every(isMembers))
    return broken('assertion_details is neither an object nor a list of objects.', 'an object or a list', typeof claim)
  return readEntries(entries)
}

function readEntries(entries: readonly Members[]): ReadDetails {
  const organizations = entries.filter((entry) => entry.type === 'helseid_authorization')
  if (organizations.length > 1) {
    return broken('assertion_details has more than one entry of type helseid_authorization.', 1, organizations.length)
  }
  const [organization] = organizations
  const { details, issues } = organization ? readOrganization(organization) : { details: {}, issues: [] }
  return { details: { ...details, journalId: journalIdOf(entries) }, issues, warnings: entries.flatMap(unknownType) }
}

function readOrganization(entry: Members): { details: Details; issues: readonly Issue[] } {
  const { system, type, value } = objectAt(entry, ['practitioner_role', 'organization', 'identifier'])
  if (typeof value !== 'string' || type !== 'ENH') {
    const message = `practitioner_role.organization.identifier has type ${quote(type)} and value ${quote(value)}; type must be "ENH", value a string.`
    return broken(message, { type: 'ENH', value: 'a string' }, { type, value })
  }
  if (system === PARENT_SYSTEM) return readParent(value)
  if (CHILD_SYSTEMS.some((known) => known === system)) return checkedNumbers({ child: value })
  const systems = [PARENT_SYSTEM, ...CHILD_SYSTEMS.slice(0, 1)]
  return broken(
    `The organisation's identifier has system ${quote(system)}; it must be ${systems.join(' or ')}.`,
    systems,
    system,
  )
}

/** `NO:ORGNR:<parent>`, with a colon after it or not, or with a colon and a child. */
function readParent(value: string): { details: Details; issues: readonly Issue[] } {
  const [, parent, child] = /^NO:ORGNR:([^:]+)(?::([^:]*))?$/.exec(value) ?? []
  if (parent === undefined) {
    return broken(
      `The organisation's value is ${quote(value)}; it must be NO:ORGNR:<parent>:<child>.`,
      'NO:ORGNR:<parent>:<child>',
      value,
    )
  }
  return checkedNumbers(child ? { parent, child } : { parent })
}

function checkedNumbers(details: Details): { details: Details; issues: readonly Issue[] } {
  const issues = Object.entries(details).flatMap(([which, number]) =>
    /^\d{9}$/.test(number)
      ? []
      : [
          finding(
            'hid-1004',
            `The ${which} organisation number is ${quote(number)}; it must have nine digits.`,
            '9 digits',
            number,
          ),
        ],
  )
  return { details, issues }
}

function journalIdOf(entries: readonly Members[]): string | undefined {
  const entry = entries.find(({ type }) => type === 'nhn:sfm:journal-id')
  const id = entry && objectAt(entry, ['value']).journal_id
  return typeof id === 'string' ? id : undefined
}

function unknownType({ type }: Members): Issue[] {
  const known = ['helseid_authorization', 'nhn:sfm:journal-id']
  if (known.some((one) => one === type)) return []
  return [finding('assertion-details-type', `assertion_details has an entry of type ${quote(type)}.`, known, type)]
}

/** Whom a client may act for. */
export interface Organizations {
  readonly tenancy: 'none' | 'single-tenant' | 'multi-tenant'
  readonly organization: string
  readonly delegations: readonly string[]
  readonly children: readonly string[]
}

/** Whether a client may act for the organisations that its assertion names (HelseID, "Organisasjonsnumre"). */
export function checkOrganizations(client: Organizations, details: Details): Issue[] {
  return client.tenancy === 'multi-tenant' ? checkDelegation(client, details) : checkUnits(client, details)
}

/** HelseID's own words. */
const SINGLE_TENANT = 'The client is set up for multi-tenancy, but is passing a single tenant organization structure'

function checkDelegation({ delegations }: Organizations, { parent, child }: Details): Issue[] {
  if (parent === undefined) {
    return child === undefined
      ? []
      : [finding('organization-structure', SINGLE_TENANT, `system ${PARENT_SYSTEM}, NO:ORGNR:<parent>:<child>`, child)]
  }
  if (delegations.includes(parent) || delegations.includes('*')) return []
  const known = delegations.length > 0 ? delegations.join(', ') : 'nobody'
  return [
    finding('hid-1001', `The client has no delegation from ${parent}; it acts for ${known}.`, delegations, parent),
  ]
}

function checkUnits({ tenancy, organization, children }: Organizations, { parent, child }: Details): Issue[] {
  if (parent !== undefined) {
    const own =
      tenancy === 'none' ? 'has no tenancy and acts for nobody' : `is single-tenant and acts for ${organization}`
    const message = `The client ${own}; it may not name the parent ${parent} itself.`
    return [finding('hid-1005', message, 'no parent', parent)]
  }
  if (child === undefined || children.includes(child)) return []
  if (children.length === 0)
    return [finding('hid-1006', `The client has no child units; it named ${child}.`, 'no child', child)]
  return [
    finding('hid-1002', `The client's child units are ${children.join(', ')}; it named ${child}.`, children, child),
  ]
}

function broken(message: string, expected: unknown, found: unknown) {
  return { details: {}, issues: [finding('hid-1007', message, expected, found)], warnings: [] }
}

function objectAt(value: Members, path: readonly string[]): Members {
  return path.reduce<Members>((at, name) => {
    const next = at[name]
    return isMembers(next) ? next : {}
  }, value)
}
