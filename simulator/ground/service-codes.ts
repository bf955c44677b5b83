/** The services that VKP has codes for: response centre, safety alarm, GPS, medicine dispenser, supervision, home follow-up. */
export const SERVICE_CODES = ['rt', 'ta', 'gps', 'md', 'dt', 'dho'] as const
