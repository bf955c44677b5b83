/**
 * Does a job on a text in another thread than the one that answers requests. A job and its answer are JSON: to hand over one
 * text takes a moment, however much is in it. Rejects where the job fails.
 */
export type Aside = (job: string, text: string) => Promise<string>
