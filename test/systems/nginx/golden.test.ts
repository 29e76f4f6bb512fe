import { test } from 'vitest'
import { expectGolden } from '../golden.ts'
import { nginxSystems } from './with-each.ts'

test.each(nginxSystems)('$id', expectGolden)
