/** What keeps the state cannot be asked now: whoever asks again later is answered. `message` says why. */
export class StoreLost extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause })
    this.name = 'StoreLost'
  }
}
