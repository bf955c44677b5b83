/** The client of PostgreSQL; the package has it in one file, so that nobody has to install it. */
export { default as pg } from 'pg'
