import { test } from 'vitest'
import { nginx } from '../../../src/systems/nginx/index.ts'
import { nginxLua } from '../../../src/systems/nginx-lua/index.ts'
import { expectGolden } from '../golden.ts'

test.each([nginx, nginxLua])('$id', expectGolden)
