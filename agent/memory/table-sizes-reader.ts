import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { readTableSizes } from './read-table-sizes.ts'

/** In a thread of its own, with a connection that changes nothing. */
const database = new Database(String(workerData), { readonly: true, fileMustExist: true })
const sizes = readTableSizes(database)
database.close()
parentPort?.postMessage(sizes)
