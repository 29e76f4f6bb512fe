import { test } from 'vitest'
import { kong } from '../../../src/systems/kong/index.ts'
import { expectGolden } from '../golden.ts'

test('its configuration of the reference policy', () => expectGolden(kong))
