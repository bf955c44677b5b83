import type { Database, SqlQuery } from './database.ts'

/**
 * The schema, one step for each version: a step that was released is never changed, a new version is a new step. Texts are
 * compared by their bytes, as the memory store compares them.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE jftsim.sandbox (
    name text COLLATE "C" PRIMARY KEY,
    world uuid NOT NULL,
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    spec text NOT NULL,
    used timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  -- One state of a sandbox: a reset makes another. The row is small, and read with each request.
  CREATE TABLE jftsim.world (
    world uuid PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    faults integer NOT NULL DEFAULT 0,
    keys_oldest integer NOT NULL DEFAULT 0,
    keys_current integer NOT NULL DEFAULT 0,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    retired timestamptz
  ) WITH (fillfactor = 50);
  -- The row that is locked while a stamp is given, until what has the stamp is committed.
  CREATE TABLE jftsim.ledger (
    world uuid PRIMARY KEY REFERENCES jftsim.world ON DELETE CASCADE,
    frozen boolean NOT NULL,
    set_now float8 NOT NULL,
    set_wall float8 NOT NULL,
    rate float8 NOT NULL,
    ahead float8 NOT NULL,
    last_stamp bigint NOT NULL,
    -- Where the next process goes on in the sequence of identifiers of a seeded sandbox.
    ids bigint
  ) WITH (fillfactor = 50);
  CREATE TABLE jftsim.shelf (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL,
    records bigint NOT NULL,
    bytes bigint NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (world, kind)
  ) WITH (fillfactor = 50);
  CREATE TABLE jftsim.record (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    last_updated bigint NOT NULL,
    added bigint NOT NULL,
    sequence bigint NOT NULL,
    list_1 text COLLATE "C" NOT NULL,
    list_2 text COLLATE "C",
    bytes bigint NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (world, kind, key)
  );
  CREATE INDEX record_list_1 ON jftsim.record (world, kind, list_1, last_updated, id);
  CREATE INDEX record_list_2 ON jftsim.record (world, kind, list_2, last_updated, id);
  CREATE INDEX record_sequence ON jftsim.record (world, kind, sequence);
  CREATE INDEX record_added ON jftsim.record (world, kind, added);
  CREATE TABLE jftsim.journal (
    world uuid PRIMARY KEY REFERENCES jftsim.world ON DELETE CASCADE,
    sequence bigint NOT NULL DEFAULT 0,
    exchanges bigint NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    dropped bigint NOT NULL DEFAULT 0
  ) WITH (fillfactor = 50);
  CREATE TABLE jftsim.exchange (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    sequence bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    bytes bigint NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (world, sequence)
  );
  CREATE INDEX exchange_id ON jftsim.exchange (world, id);
  CREATE TABLE jftsim.counter (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (world, name)
  ) WITH (fillfactor = 50);
  -- Small things that are read and written as a whole.
  CREATE TABLE jftsim.document (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (world, name)
  );
  CREATE TABLE jftsim.client (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    client_id text COLLATE "C" NOT NULL,
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    data text NOT NULL,
    PRIMARY KEY (world, client_id)
  );
  CREATE TABLE jftsim.note (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    municipality text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    bytes bigint NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (world, ordinal)
  );
  CREATE INDEX note_id ON jftsim.note (world, municipality, id);
  CREATE TABLE jftsim.replay (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    value text COLLATE "C" NOT NULL,
    expires float8 NOT NULL,
    asked float8 NOT NULL,
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (world, value)
  );
  CREATE INDEX replay_ordinal ON jftsim.replay (world, ordinal);
  CREATE TABLE jftsim.rate (
    world uuid NOT NULL REFERENCES jftsim.world ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    requests bigint NOT NULL,
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (world, name)
  ) WITH (fillfactor = 50);
  CREATE INDEX rate_ordinal ON jftsim.rate (world, ordinal);
  CREATE TABLE jftsim.snapshot (
    sandbox text COLLATE "C" NOT NULL REFERENCES jftsim.sandbox ON DELETE CASCADE,
    use text NOT NULL,
    name text COLLATE "C" NOT NULL,
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    data text NOT NULL,
    PRIMARY KEY (sandbox, use, name)
  );
  CREATE SEQUENCE jftsim.sandbox_number;
  CREATE TABLE jftsim.signing_key (
    name text COLLATE "C" PRIMARY KEY,
    data text NOT NULL
  );
  `,
]

/** The version that this simulator writes. */
export const SCHEMA_VERSION = STEPS.length

/** The database was written by another version of the simulator; `message` says what to do. */
export class SchemaError extends Error {
  constructor(found: number) {
    super(
      `The database has schema version ${found}, this simulator knows versions up to ${SCHEMA_VERSION}. ` +
        'Start the version of the simulator that wrote it, or a newer one; or begin with an empty folder or database.',
    )
    this.name = 'SchemaError'
  }
}

/** Any number will do that others do not use in the same database. */
const MIGRATION = 7_357_001

/**
 * Brings the schema to this version, step by step and all or nothing; processes that start at once wait for each other.
 * Rejects with a `SchemaError` where the database is of a newer version.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [MIGRATION])
    await query('CREATE SCHEMA IF NOT EXISTS jftsim')
    await query('CREATE TABLE IF NOT EXISTS jftsim.schema_version (version integer NOT NULL)')
    const [row] = await query('SELECT version FROM jftsim.schema_version')
    const found = Number(row?.version ?? 0)
    if (found > SCHEMA_VERSION) throw new SchemaError(found)
    for (const step of STEPS.slice(found)) await runAll(query, step)
    if (row === undefined) await query('INSERT INTO jftsim.schema_version VALUES ($1)', [SCHEMA_VERSION])
    else if (found < SCHEMA_VERSION) await query('UPDATE jftsim.schema_version SET version = $1', [SCHEMA_VERSION])
  })
}

async function runAll(query: SqlQuery, step: string): Promise<void> {
  const plain = step.replaceAll(/--.*$/gm, '')
  for (const statement of plain.split(';').filter((one) => one.trim() !== '')) await query(statement)
}
