import { test } from 'node:test'
import { cases } from '../cases.js'

for (const [name, run] of cases.batches) test(name, run)
