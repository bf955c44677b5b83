import type { Jwk } from '../../ground/keys.ts'
import { SERVICE_CODES } from '../../ground/service-codes.ts'
import type { Client, RegisterEntry } from '../../state/records.ts'

/*
 * The clients that NHN's published samples are. Their private keys stand in the samples' own source (VKP.Samples, HelseId.json;
 * HelseID.Samples, ConfigurationValues.cs), so that the samples run here with their URLs changed; only the public halves are here.
 */

/** The key of VKP.Samples. */
const VKP_SAMPLES_KEY: Jwk = {
  kty: 'RSA',
  n: 'z2wCm7fuQYvp3XoR3iKUk7IRMfCQoN0oPGtV1JhdHWXz0ezFnRtjdjlzwgyXcIzHOGS4OPy-bHPx3QkaqYLx5KxlRCbgPG5NrbjRX-QXULdog_ChgaqRXv_9_FanS3IKrNsSDBvbw43BsuUPXBb98vNQQfuePqa1wOBgIzOrkQb3KLqEiWj_pBUXIc8Oo9v2lZKsMV4ALWYSpUE5rDRiWuK-GtWtc1o1a2VNSUaTvYciUVK3yMcVVSQ0GqJ1sB8Zruz6LpkMkaL14rmj7pGmHMAQbbJhZ81Koic9l-UF-KnjpBH__bdRwinOOSnpxgv27rBFD4T1VaT-C2te8kLJnTpqB0xQUPb9vRTvVcsNZ5XQTDf9mbm0fxyj8eVprBI9JYyFp9OFIeCmNpXI9qAWXV73xyjG0jVBq8fcgBSf8ZErHnCSgDHD92toIKPTG4uu1-gTqWw91TA5bydnpX9irBNQTRR57fUZsztPIbHezoSvim_USsPRmZ56HyrIRI88DfKVl_u7YUgmtF__tuD2S9Issoe1F7hfelhP6LEZsWo-54CzAZY7_GUU-0WUAkwMtAfoFOOjzZNsWkETbFp4FbSP-ALzCCgNUe5yxAoKyupJelwMGhxzhmSYJfhp52-CPi03uGbKlniIqioCiF4YjWay3zA7lrg8mRZu0xNmztk',
  e: 'AQAB',
}

/** The key that the clients of HelseID.Samples share. */
const HELSEID_SAMPLES_KEY: Jwk = {
  kty: 'RSA',
  n: 'gmMZ0dOeUyEbEQ0Bz4gGqcYgMfreJ1yIMD_h0HyRjNB0-e1jzb4yjBBkx1pOpPvt02trdyt_nOCmR7DLrHmLrDCmAbpYIytUPNEuz6GJkT31oL3vDmNqrkawQwe3B04FIWohiTQWgnPaZiTViRdajxpJJW6juPVzr75TlWwyimT2bDq-5TxwiLxyRJDUUWnTvjUPkFVHGMwNFQxV9SCrjHSueCF8vQ959Peh-Yxvtvz2T29HgHKf7oh37DCEy-PrWLTgykeEvNhyWclDM4jm5NaqOCE-sbmmRR4wnCWksvGod7aS7IaKzg2_nNihrxAIzIOqEuLXXaUmYPeHKDgsXQ',
  e: 'AQAB',
}

/** Granfjelldal kommune of HelseID.Samples, and its two child units. */
const GRANFJELLDAL = { parent: '999977774', children: ['999977776', '999977775'] } as const

/** The system that the client of VKP.Samples stands for; its real `vkp-id` is not published. */
const VKP_SAMPLES_ID = 'NHN_VKP-Samples_Test'

/** The municipality that VKP.Samples call. */
export const VKP_SAMPLES_MUNICIPALITY = '314159265'

const common = {
  published: true,
  organization: '994598759',
  grantTypes: ['client_credentials'],
  apiClaims: {},
  children: [],
  delegations: [],
} as const

/** The clients of NHN's samples, by their public keys; `vkpScopes` are those of VKP. They are clients of Test. */
export function sampleClients(vkpScopes: readonly string[]): Client[] {
  return [
    {
      ...common,
      clientId: '64bcf495-19e8-491c-9d05-6dd6c40c838e',
      name: 'VKP.Samples',
      tenancy: 'none',
      scopes: vkpScopes,
      dpop: 'optional',
      apiClaims: { 'nhn:vkp/client/claims/vkp-id': VKP_SAMPLES_ID },
      publicKeys: [VKP_SAMPLES_KEY],
    },
    {
      ...common,
      clientId: 'helseid-sample-client-credentials-for-multitenant-app',
      name: 'HelseID.Samples (multi-tenant)',
      tenancy: 'multi-tenant',
      delegations: [GRANFJELLDAL.parent],
      scopes: ['nhn:test-public-samplecode/client-credentials'],
      dpop: 'required',
      publicKeys: [HELSEID_SAMPLES_KEY],
    },
    {
      ...common,
      clientId: 'helseid-sample-client-credentials-with-underenhet',
      name: 'HelseID.Samples (single-tenant)',
      tenancy: 'single-tenant',
      organization: GRANFJELLDAL.parent,
      children: GRANFJELLDAL.children,
      scopes: ['nhn:test-public-samplecode/client-credentials'],
      dpop: 'required',
      publicKeys: [HELSEID_SAMPLES_KEY],
    },
  ]
}

/** Which municipalities the client of VKP.Samples may call for. */
export function sampleRegister(municipalities: readonly string[]): RegisterEntry[] {
  return municipalities.map((orgnr) => ({ orgnr, vkpId: VKP_SAMPLES_ID, active: true, serviceCodes: SERVICE_CODES }))
}
