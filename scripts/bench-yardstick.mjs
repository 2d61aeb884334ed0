// What DuckDB alone takes to bring a file into a table on disk: node scripts/bench-yardstick.mjs <file> <database>
import { DuckDBInstance } from '@duckdb/node-api'

const [file, database] = process.argv.slice(2)
const instance = await DuckDBInstance.create(database)
const connection = await instance.connect()
await connection.run(`CREATE TABLE log AS SELECT * FROM read_json_auto('${file}')`)
connection.closeSync()
instance.closeSync()
