/** What a user can mend: printed without a stack trace. Exit code 2, since 1 means "rejected". */
export class CliError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 2) {
    super(message)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}
