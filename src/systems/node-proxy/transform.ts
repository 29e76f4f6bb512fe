import type { EdgeCell } from '../node-core/adds.ts'

export const transform: EdgeCell<'transform'> = {
  support: {
    level: 'none',
    byChoice: true,
    how: 'Bodies stream through unread. Rewriting one means holding all of it, which is what node-gateway does.',
    docs: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Dispatcher.md',
  },
}
