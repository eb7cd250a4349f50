import { test } from 'vitest'
import { cases } from '../cases.js'

for (const [name, run] of cases.journal) test(name, run)
