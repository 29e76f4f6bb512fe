import type { HaproxyCell } from './native/adds.ts'

export const transform: HaproxyCell<'transform'> = {
  support: {
    level: 'none',
    how: 'HAProxy can pick fields out of a JSON answer with json_query and write a new one from them, but not the same data in another form: it writes numbers with six significant digits and true as 1, cannot copy an object whole, must know every field beforehand, and sees only as much of the body as fits one buffer (16 KB). It has no XML. It takes Lua, that is: code.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#7.3.1-json_query',
  },
}
