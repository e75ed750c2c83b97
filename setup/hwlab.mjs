#!/usr/bin/env node
import { run } from './run.mjs'

run('agent/cli.ts', process.argv.slice(2))
