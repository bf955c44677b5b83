import type { SentRequest } from './snippets.ts'

/** A note of a synthetic person with the two most common faults: an author that is not a list, and an empty value. */
export const SAMPLE = `{
  "resourceType": "Composition",
  "status": "final",
  "type": {
    "coding": [{ "system": "http://loinc.org", "code": "34133-9", "display": "Summary of episode note" }]
  },
  "subject": {
    "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "02850097219" },
    "display": "NONFIGURATIV HESTESKO"
  },
  "date": "2026-01-01T08:00:00Z",
  "author": {
    "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "11845599620" },
    "display": "KRASS DALSIDE"
  },
  "title": "Journalnotat for respons på hendelse",
  "section": [
    {
      "title": "",
      "text": {
        "status": "additional",
        "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Ringte bruker, alt i orden.</div>"
      }
    }
  ]
}
`

/** The same without its faults. */
export const ACCEPTED = SAMPLE.replace('"author": {', '"author": [{')
  .replace('"KRASS DALSIDE"\n  }', '"KRASS DALSIDE"\n  }]')
  .replace('"title": ""', '"title": "Notat"')

/** A request that submits a Composition at the WriteAPI whose base URL is `write`. */
export function submission(write: string, body: string): SentRequest {
  return {
    method: 'POST',
    url: `${write}/v1/Composition`,
    headers: [
      ['authorization', 'DPoP'],
      ['content-type', 'application/json'],
      ['nhn-source-system', 'Dashboard'],
    ],
    body,
  }
}
