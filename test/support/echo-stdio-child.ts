import { openEchoLab, openEchoServer } from './echo-lab.ts'

/** The echo server on stdin and stdout, over a database file: `child <database>`. */
const lab = openEchoLab({ path: process.argv[2] ?? '' })
const { server } = await openEchoServer(lab)
server.serveStdio()
