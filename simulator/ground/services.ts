/** What the real world runs, and the simulator itself with its control API. Certainty is said for each of them. */
export const SERVICES = {
  jft: 'JFT',
  pit: 'PIT',
  vkp: 'VKP',
  helseid: 'HelseID',
  ehr: 'EHR',
  simulator: 'the simulator',
} as const

export type Service = keyof typeof SERVICES

/** The service that each surface belongs to. */
const SERVICE_OF_SURFACE: Readonly<Record<string, Service>> = {
  'jft-write': 'jft',
  'jft-read': 'jft',
  pit: 'pit',
  vkp: 'vkp',
  helseid: 'helseid',
  ttt: 'helseid',
  ehr: 'ehr',
  control: 'simulator',
}

/** The service of a surface; the simulator itself for what is none, such as a host that nobody plays. */
export function serviceOf(surface: string): Service {
  return SERVICE_OF_SURFACE[surface] ?? 'simulator'
}
