import type { Service } from './services.ts'

/** One edition of a published page, paper, standard or source. */
export interface PublishedDocument {
  /** As messages cite it. */
  readonly title: string
  /** What tells this edition from others where a date does not: a version, a commit, or "older". */
  readonly edition?: string
  /** Of publication, `YYYY-MM-DD`; absent where the document has none. */
  readonly date?: string
  readonly publisher: string
  /** Where everybody can read it; absent where it is not public, or where the public address is not known. */
  readonly address?: `https://${string}`
  /** Whose behaviour it tells of; absent of a standard, which tells of all. */
  readonly service?: Service
}

const NHN = 'Norsk helsenett'
const IETF = 'IETF'
const PORTAL = 'https://utviklerportal.nhn.no/informasjonstjenester'
/** The preview portal, which has the newest editions. */
const PREVIEW = 'https://utviklerportal-dev.nhn.no/informasjonstjenester'
const JFT_PAGES = 'kommunale-samhandlingstjenester/journalfoeringstjenesten/jft-api/docs'
const PIT_PAGES = 'kommunale-samhandlingstjenester/pasientinformasjonstjenesten/pit-api/docs'
const PROFILE = `${PORTAL}/helseid/protokoller-og-sikkerhetsprofil/sikkerhetsprofil/docs`
const USAGE = `${PORTAL}/helseid/bruksmoenstre-og-eksempelkode/bruk-av-helseid/docs`
const HELSEID_WIKI = 'https://helseid.atlassian.net/wiki/pages/viewpage.action'
const VKP_WIKI = 'https://velferdsteknologisk-knutepunkt.atlassian.net/wiki/pages/viewpage.action'
const VKP_PORTAL = 'https://portal.test.vkpnorge.no'
const FIRELY_SDK = 'https://github.com/FirelyTeam/firely-net-sdk'
const VKP_PROFILES = 'https://github.com/HL7Norway/Velferdsteknologi/tree/9d28b9e/VKP-R4'

const rfc = (number: number, date: string) =>
  ({ title: `RFC ${number}`, date, publisher: IETF, address: `https://www.rfc-editor.org/rfc/rfc${number}` }) as const

/**
 * Every document that the simulator cites, by a key that its editions share: a new edition changes the row, and an
 * edition that stays cited beside a newer one gets a key of its own. `jftsim documents KEY` lists what cites one.
 */
export const DOCUMENTS = {
  'jft-write': {
    title: 'JFT WriteAPI overview',
    date: '2026-06-02',
    publisher: NHN,
    address: `${PREVIEW}/${JFT_PAGES}/writeapi/overviewmd`,
    service: 'jft',
  },
  'jft-read': {
    title: 'JFT ReadAPI overview',
    date: '2026-06-02',
    publisher: NHN,
    address: `${PREVIEW}/${JFT_PAGES}/readapi/overviewmd`,
    service: 'jft',
  },
  'jft-lifecycle': {
    title: 'JFT Event lifecycle',
    date: '2026-06-02',
    publisher: NHN,
    address: `${PREVIEW}/${JFT_PAGES}/eventlifecyclemd`,
    service: 'jft',
  },
  'jft-introduction': {
    title: 'JFT introduction',
    date: '2026-02-26',
    publisher: NHN,
    address: `${PORTAL}/${JFT_PAGES}/introductionmd`,
    service: 'jft',
  },
  'jft-helseid': {
    title: 'JFT HelseID page',
    date: '2026-06-02',
    publisher: NHN,
    address: `${PREVIEW}/${JFT_PAGES}/helseidmd`,
    service: 'jft',
  },
  'jft-example-bundle': {
    title: "NHN's example Bundle",
    date: '2026-02-26',
    publisher: NHN,
    address: `${PORTAL}/${JFT_PAGES}/writeapi/examples/examplebundlemd`,
    service: 'jft',
  },
  'jft-example-bundle-older': {
    title: "NHN's example Bundle, older edition",
    edition: 'older',
    date: '2026-01-05',
    publisher: NHN,
    address: `${PORTAL}/${JFT_PAGES}/writeapi/examplebundlemd`,
    service: 'jft',
  },
  'vkp-reverse-proxy': {
    title: 'VKP as reverse proxy',
    date: '2026-06-02',
    publisher: NHN,
    address: `${PREVIEW}/${JFT_PAGES}/writeapi/vkp-reverse-proxymd`,
    service: 'vkp',
  },
  'vkp-reverse-proxy-older': {
    title: 'VKP as reverse proxy, older edition',
    edition: 'older',
    publisher: NHN,
    address: `${PORTAL}/${JFT_PAGES}/writeapi/vkp-reverse-proxymd`,
    service: 'vkp',
  },
  'vkp-memo': {
    title: 'Beslutningsnotat rundt modernisering av VKP',
    publisher: NHN,
    service: 'vkp',
  },
  'pit-overview': {
    title: 'PIT-API overview',
    date: '2026-06-17',
    publisher: NHN,
    address: `${PREVIEW}/${PIT_PAGES}/overviewmd`,
    service: 'pit',
  },
  'pit-helseid': {
    title: 'PIT HelseID page',
    date: '2026-06-17',
    publisher: NHN,
    address: `${PREVIEW}/${PIT_PAGES}/helseidmd`,
    service: 'pit',
  },
  'edi-troubleshooting': {
    title: 'EDI 2.0, "Troubleshooting"',
    date: '2026-04-24',
    publisher: NHN,
    address: `${PORTAL}/meldingsutveksling/edi-20/edi-20-ekstern-docs/docs/api-version-3/troubleshooting_engbmd`,
  },

  helseid: {
    title: 'HelseID documentation',
    publisher: NHN,
    address: `${PORTAL}/helseid`,
    service: 'helseid',
  },
  'helseid-access-token': {
    title: 'HelseID, "Validating Access Tokens"',
    publisher: NHN,
    address: `${PROFILE}/vedlegg/validering_av_access_token_enmd`,
    service: 'helseid',
  },
  'helseid-dpop-proof': {
    title: 'HelseID, "Formatting DPoP proofs"',
    publisher: NHN,
    address: `${PROFILE}/vedlegg/formatering_av_dpop_bevis_enmd`,
    service: 'helseid',
  },
  'helseid-requirements': {
    title: 'HelseID, "Functional Requirements"',
    publisher: NHN,
    address: `${PROFILE}/funksjonelle_krav_enmd`,
    service: 'helseid',
  },
  'helseid-client-assertion': {
    title: 'HelseID, "Using Client Assertions"',
    publisher: NHN,
    service: 'helseid',
  },
  'helseid-errors': {
    title: 'HelseID, "Error messages"',
    publisher: NHN,
    address: `${USAGE}/teknisk-referanse/feilmeldinger_enmd`,
    service: 'helseid',
  },
  'helseid-organizations': {
    title: 'HelseID, "The usage of organization numbers"',
    publisher: NHN,
    address: `${USAGE}/tekniske-mekanismer/organisasjonsnumre_enmd`,
    service: 'helseid',
  },
  'helseid-sfm-id': {
    title: 'HelseID, "SFM-id for multi-tenant clients"',
    date: '2026-02-16',
    publisher: NHN,
    address: `${USAGE}/tekniske-mekanismer/sfm-id_for_multi_tenant-klienter_enmd`,
    service: 'helseid',
  },
  'helseid-error-numbers': {
    title: 'HelseID on Confluence, page 750616578, "Error number"',
    publisher: NHN,
    address: `${HELSEID_WIKI}?pageId=750616578`,
    service: 'helseid',
  },
  'helseid-organization-claims': {
    title: 'HelseID on Confluence, page 749371403',
    publisher: NHN,
    address: `${HELSEID_WIKI}?pageId=749371403`,
    service: 'helseid',
  },
  'helseid-token-endpoint': {
    title: 'HelseID on Confluence, page 481820679',
    publisher: NHN,
    address: `${HELSEID_WIKI}?pageId=481820679`,
    service: 'helseid',
  },
  'helseid-assertion-lifetime': {
    title: 'HelseID on Confluence, page 541982723',
    publisher: NHN,
    address: `${HELSEID_WIKI}?pageId=541982723`,
    service: 'helseid',
  },
  'helseid-samples': {
    title: 'HelseID.Samples',
    edition: 'd9048c80',
    date: '2025-12-11',
    publisher: NHN,
    address: 'https://github.com/NorskHelsenett/HelseID.Samples/tree/d9048c80',
    service: 'helseid',
  },
  'helseid-library-java': {
    title: 'HelseID.Library.Java',
    edition: '1.0.2',
    date: '2026-04-07',
    publisher: NHN,
    address: 'https://github.com/NorskHelsenett/HelseID.Library.Java/tree/158d9460',
    service: 'helseid',
  },
  'fhi-helseid': {
    title: 'fhi.helseid',
    edition: '90cea759',
    date: '2024-12-10',
    publisher: 'Folkehelseinstituttet',
    address: 'https://github.com/FHIDev/fhi.helseid/tree/90cea759',
    service: 'helseid',
  },
  'forer-legeerklaering': {
    title: 'FinnurO/forer-legeerklaering, which measured HelseID in Test',
    edition: 'ae59d8d',
    date: '2026-09-01',
    publisher: 'FinnurO',
    address: 'https://github.com/FinnurO/forer-legeerklaering/tree/ae59d8d',
    service: 'helseid',
  },
  'hdir-ttt-request': {
    title: 'Helsedirektoratet, example of a request to the test token service',
    publisher: 'Helsedirektoratet',
    service: 'helseid',
  },
  'duende-foss-323': {
    title: 'DuendeSoftware/foss issue 323, "a new client assertion per request"',
    date: '2026-02-19',
    publisher: NHN,
    address: 'https://github.com/DuendeSoftware/foss/issues/323',
    service: 'helseid',
  },
  duende: {
    title: 'Duende IdentityServer, which HelseID appears to be',
    edition: '18193b5f',
    date: '2026-07-23',
    publisher: 'Duende Software',
    address: 'https://github.com/DuendeSoftware/products/tree/18193b5f',
    service: 'helseid',
  },

  'vkp-samples': {
    title: 'NorskHelsenett/VKP.Samples',
    edition: '0dae0ee',
    date: '2025-04-10',
    publisher: NHN,
    address: 'https://github.com/NorskHelsenett/VKP.Samples/tree/0dae0ee',
    service: 'vkp',
  },
  vkp: {
    title: 'VKP documentation',
    publisher: NHN,
    address: `${PORTAL}/velferdsteknologisk-knutepunkt-vkp/teknisk-dokumentasjon/ta-i-bruk-vkp`,
    service: 'vkp',
  },
  'vkp-helseid': {
    title: 'VKP, "Autentisering mot VKP-API"',
    publisher: NHN,
    address: `${PREVIEW}/velferdsteknologisk-knutepunkt-vkp/teknisk-dokumentasjon/om-vkp-apier/autentisering-og-autorisering-med-helseid-i-vkp`,
    service: 'vkp',
  },
  'vkp-self-service': {
    title: 'portal.test.vkpnorge.no, "Selvbetjening"',
    publisher: NHN,
    address: `${VKP_PORTAL}/Selvbetjening`,
    service: 'vkp',
  },
  'vkp-how-to': {
    title: 'portal.test.vkpnorge.no, "how-to-api"',
    publisher: NHN,
    address: `${VKP_PORTAL}/how-to-api`,
    service: 'vkp',
  },
  'vkp-my-page': {
    title: 'portal.test.vkpnorge.no, "Min side"',
    publisher: NHN,
    service: 'vkp',
  },
  'vkp-specification': {
    title: 'vkp-test.developer.azure-api.net, "specification"',
    publisher: NHN,
    address: 'https://vkp-test.developer.azure-api.net/specification',
    service: 'vkp',
  },
  'vkp-services': {
    title: 'VKP on Confluence, page 9109552',
    publisher: NHN,
    address: `${VKP_WIKI}?pageId=9109552`,
    service: 'vkp',
  },
  'vkp-guide': {
    title: 'simplifier.net, guide VelferdsteknologiskknutepunktVKP-R4',
    publisher: NHN,
    address: 'https://simplifier.net/guide/velferdsteknologiskknutepunktvkp-r4',
    service: 'vkp',
  },
  'vkp-outcome-codes': {
    title: 'HL7Norway/Velferdsteknologi, code system vkp-operation-outcome-v090',
    edition: '9d28b9e',
    date: '2025-11-18',
    publisher: 'HL7 Norway',
    address: `${VKP_PROFILES}/CodeSystem`,
    service: 'vkp',
  },
  'vkp-profiles': {
    title: 'VKP profiles v090',
    edition: '9d28b9e',
    date: '2025-11-18',
    publisher: 'HL7 Norway',
    address: VKP_PROFILES,
    service: 'vkp',
  },

  'firely-sdk-5': {
    title: 'Firely .NET SDK 5.10.4',
    edition: '1e70cf4e',
    date: '2024-10-23',
    publisher: 'Firely',
    address: `${FIRELY_SDK}/tree/1e70cf4e`,
    service: 'jft',
  },
  'firely-sdk-6': {
    title: 'Firely .NET SDK 6',
    publisher: 'Firely',
    address: FIRELY_SDK,
    service: 'jft',
  },
  'firely-parser': {
    title: 'Firely .NET SDK 5.11, FhirJsonParser with PermissiveParsing',
    publisher: 'Firely',
    address: FIRELY_SDK,
    service: 'vkp',
  },
  'system-text-json': {
    title: 'System.Text.Json',
    publisher: 'Microsoft',
    address: 'https://learn.microsoft.com/dotnet/api/system.text.json.jsonreaderoptions.maxdepth',
    service: 'jft',
  },

  'fhir-r4': {
    title: 'FHIR R4 (4.0.1)',
    edition: '4.0.1',
    date: '2019-10-30',
    publisher: 'HL7',
    address: 'https://hl7.org/fhir/R4/',
  },
  'rfc-4918': rfc(4918, '2007-06-01'),
  'rfc-6454': rfc(6454, '2011-12-01'),
  'rfc-6585': rfc(6585, '2012-04-01'),
  'rfc-6749': rfc(6749, '2012-10-01'),
  'rfc-6750': rfc(6750, '2012-10-01'),
  'rfc-7517': rfc(7517, '2015-05-01'),
  'rfc-7523': rfc(7523, '2015-05-01'),
  'rfc-8693': rfc(8693, '2020-01-01'),
  'rfc-8259': rfc(8259, '2017-12-01'),
  'rfc-9110': rfc(9110, '2022-06-01'),
  'rfc-9112': rfc(9112, '2022-06-01'),
  'rfc-9449': rfc(9449, '2023-09-01'),

  documentation: {
    title: 'Documentation of this project',
    publisher: 'This project',
    service: 'simulator',
  },
} as const satisfies Readonly<Record<string, PublishedDocument>>

export type DocumentKey = keyof typeof DOCUMENTS

/** The row of a document, under the one type that all rows share. */
export function documentOf(key: DocumentKey): PublishedDocument {
  return DOCUMENTS[key]
}

/** A document as lists show it. */
export interface CitedDocument {
  readonly key: DocumentKey
  /** Title and date. */
  readonly source: string
  readonly address?: string
}

/** What lists show of a document. */
export function citedDocument(key: DocumentKey): CitedDocument {
  const { address } = documentOf(key)
  return { key, source: citeText(key), ...(address === undefined ? {} : { address }) }
}

/** Title, section and date of a document in one line, as messages and reports cite it. */
export function citeText(key: DocumentKey, section?: string): string {
  const { title, date } = documentOf(key)
  const place = section === undefined || title.includes(section) ? title : `${title}, ${sectionText(section)}`
  return date === undefined ? place : `${place} (${date})`
}

/** A heading in quotation marks; a section that is known by its number or its file as it is. */
function sectionText(section: string): string {
  return /^(?:sections?|pages?) \d|\.[a-z]{2,4}\b/.test(section) ? section : `"${section}"`
}
