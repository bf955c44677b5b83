/** The texts of the comparison of two requests, in English; they are read with it. */
export const compareEn = {
  heading: (first: string, second: string) => `${first} compared with ${second}`,
  choose: (first: string) => `Compare ${first} with`,
  back: 'Back to the request',
  swap: 'Swap the two',
  same: 'No difference',
  absent: 'not there',
  name: 'Name',
  whole: 'the whole body',
  more: (count: number) => `${count} more differences are not listed.`,
  parts: {
    request: 'Request and answer',
    headers: 'Headers of the request',
    token: 'Claims of the access token',
    proof: 'Claims of the DPoP proof',
    body: 'Body of the request, by JSON Pointer',
    steps: 'Steps',
    answerHeaders: 'Headers of the answer',
    answerBody: 'Body of the answer, by JSON Pointer',
  },
  facts: {
    method: 'method',
    url: 'URL',
    status: 'status',
    time: 'time',
    milliseconds: 'milliseconds',
    client: 'client',
    municipality: 'municipality',
  },
}

export type CompareText = typeof compareEn
