/** What the real world runs, and the simulator itself, by the names that rules and documents have for them. */
export const SERVICES = {
  jft: 'JFT',
  pit: 'PIT',
  vkp: 'VKP',
  helseid: 'HelseID',
  ehr: 'EHR',
  simulator: 'the simulator',
} as const

export type Service = keyof typeof SERVICES
