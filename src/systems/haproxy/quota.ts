import type { HaproxyCell } from './native/adds.ts'

export const quota: HaproxyCell<'quota'> = {
  support: {
    level: 'none',
    byChoice: true,
    how: 'Left out: a stick table can count over a day, but over one that slides, and of no period above 24 days; the table lives in memory, and outlasts a restart only where peers keep it.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#11.1',
  },
}
