// What DuckDB alone takes to bring a file into a table on disk: node scripts/bench-yardstick.mjs <file> <database>
import { DuckDBInstance } from '@duckdb/node-api'

const [file, database] = process.argv.slice(2)
const instance = await DuckDBInstance.create(database)
const connection = await instance.connect()
const read = file.endsWith('.csv') ? 'read_csv_auto' : 'read_json_auto'
await connection.run(`CREATE TABLE log AS SELECT * FROM ${read}('${file}')`)
connection.closeSync()
instance.closeSync()
