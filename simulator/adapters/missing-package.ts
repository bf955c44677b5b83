/** A package that the simulator can do without, and that what it was asked for needs, is not installed. */
export class MissingPackageError extends Error {
  constructor(name: string, use: string) {
    super(`${use} needs the package ${name}: npm install ${name}`)
    this.name = 'MissingPackageError'
  }
}

/** Whether an import failed because there is no such package. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
}
