/** The whole of lab 1 in a terminal, by keys alone, with what EdgeLab brings; every step at three sizes. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resized, rowsOf, sizes } from './frame.ts'
import { embeddedOnly, type Learner, learnerAt, patienceMs } from './learner.ts'
import { edgelab, lacking, openTerminal, type Size, type TestTerminal, tmux } from './terminal.ts'

const [small, usual, wide] = sizes as [Size, Size, Size]
const solution = (task: string): string => resolve('labs/01-one-hop/solution', task)

describe.skipIf(!tmux)(`lab 1 by keys${lacking}`, () => {
  let folder = ''
  let terminal: TestTerminal
  let learner: Learner
  /** Resized to every size and back, the screen is whole. */
  const whole = async (header = /^ Lab 1 · One hop +(step )?\d+( of |\/)14/): Promise<void> => {
    for (const size of [small, wide, usual]) expect(rowsOf(await resized(terminal, size))[0]).toMatch(header)
  }
  const onward = async (): Promise<void> => {
    await whole()
    await terminal.keys('n')
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lab-by-keys-'))
    // An editor that saves the solution over the file it is given.
    const editor = `cp ${solution('keep/proxy-node-proxy/edge.json')}`
    const only = await embeddedOnly(join(folder, 'bin'))
    terminal = await openTerminal(usual, { ...only, EDITOR: editor })
    learner = learnerAt(terminal)
  })
  afterAll(async () => {
    await terminal?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('from Home to the report, at 60×16, 80×24 and 140×45', { timeout: 240_000 }, async () => {
    await terminal.line(edgelab)
    await terminal.until('❯ Start the course')
    await whole(/^ EdgeLab +processes · /)
    await terminal.keys('l')
    await terminal.until(/❯ {2}1 {2}One hop +18 min {2}not begun/)
    await whole(/^ The course +0 of 4 done/)
    await terminal.keys('Enter')

    // read
    expect(await learner.arrives(1, 'A proxy on its first day')).toContain('Yours is node-proxy, configured as')
    await whole()
    await learner.find('node-proxy: the reverse proxy – nginx cannot run here: nginx is not on PATH')
    await terminal.keys('n')

    // predict
    await learner.arrives(2, 'What arrives at the origin?')
    await whole()
    await learner.choose('The proxy writes it into X-Forwarded-For')
    await learner.choose('203.0.113.9, as the client sent it')
    await learner.write('29')
    await learner.choose('fairly', 'Right')
    const locked = await learner.commit()
    expect(locked).toContain('you said: 29 connections')
    expect(locked).toContain('How sure you were: fairly. Your answers are locked.')
    expect(locked).not.toMatch(/✓ right|✗ wrong/)
    await onward()

    // run
    await learner.arrives(3, 'Two requests, seen from the origin')
    await terminal.keys('r')
    const arrived = await terminal.until('Next: What did you see?', patienceMs)
    expect(arrived).toMatch(/header +through direct +through node-proxy/)
    expect(arrived).toMatch(/x-forwarded-for +not there +not there/)

    // a request of one’s own, through what plays here
    await terminal.keys('t')
    await terminal.until('Clients: web')
    await terminal.line('/products/7 as wbe')
    await terminal.until('“wbe” is not a client of this lab; did you mean “web”?')
    await terminal.keys('BSpace', 'BSpace', 'e', 'b')
    await terminal.line(' with x-mine: yes')
    expect(await terminal.until(/direct {2}200 +node-proxy {2}200/, patienceMs)).toContain('❯ /products/7 as web with')
    await terminal.keys('NPage')
    await terminal.until(/What the origin saw|x-mine +yes +yes/)
    await terminal.keys('Escape')
    await terminal.until('Next: What did you see?')
    await onward()

    // observe
    await learner.arrives(4, 'What did you see?')
    await whole()
    await learner.choose('shop.example')
    await learner.choose('One of the two')
    await learner.commit()
    await learner.find(/you said: shop\.example {2}✓ right/)
    await learner.find(/you said: One of the two {2}✗ wrong\n +It was: None\./)
    await onward()

    // run
    await learner.arrives(5, 'Thirty requests, one client connection')
    await terminal.keys('r')
    const counted = await terminal.until('Next: Who opened how many connections?', patienceMs)
    expect(counted).toMatch(/direct +each +30 +200 ×30 +30 +1\n.* node-proxy +each +30 +200 ×30 +30 +30\n/)
    await onward()

    // observe
    await learner.arrives(6, 'Who opened how many connections?')
    await learner.choose('Only behind the proxy')
    expect(await learner.commit()).toMatch(/you said: Only behind the proxy {2}✓ right/)
    await onward()

    // explain: prediction and result first, then the learner’s words, then ours
    const gap = await learner.arrives(7, 'Two conversations, not one')
    expect(gap).toMatch(/question +you said +it was +the gap/)
    expect(gap).not.toContain('The explanation')
    await whole()
    await learner.write('The proxy speaks for itself')
    await learner.commit()
    await learner.find('For 30 requests node-proxy opened 30 connections to the origin.')
    await learner.find('The explanation')
    await onward()

    // task: saved by somebody else’s editor, the checks turn by themselves
    await learner.arrives(8, 'Tell the origin who asks')
    await learner.judged()
    await learner.find('✗ wrong  The origin learns each client’s own address from X-Forwarded-For')
    await whole()
    await cp(solution('tell'), join(terminal.home, 'labs/one-hop/files'), { recursive: true })
    await terminal.until('Next: What does the hop cost?', patienceMs)
    await learner.find('✓ right  The origin learns each client’s own address from X-Forwarded-For')
    await onward()

    // predict
    await learner.arrives(9, 'What does the hop cost?')
    await whole()
    await learner.choose('2 to 4 times as long')
    await learner.choose('10 to 30 %')
    await learner.choose('guess', 'Right')
    await learner.commit()
    await terminal.keys('n')

    // run, resized under way; a second of traffic each is for those who want to know
    const scenario = join(terminal.home, 'labs/one-hop/files/shop.yaml')
    const traffic = await readFile(scenario, 'utf8')
    await writeFile(scenario, traffic.replace('for: 300ms', 'for: 50ms').replace('for: 800ms', 'for: 150ms'))
    await learner.arrives(10, 'The price, one connection a request')
    await terminal.keys('r')
    await terminal.until('Round 2 of 6 through', patienceMs)
    await whole()
    expect(await terminal.until('Next: Keep connections to the origin', patienceMs)).toContain('The median answer')
    await onward()

    // task: by the editor that e opens
    await learner.arrives(11, 'Keep connections to the origin')
    await learner.judged()
    await learner.find(/❯ ✗ wrong {2}Thirty requests reach the origin over at most two connections/)
    await terminal.keys('e')
    await terminal.until('Next: The price, connections kept', patienceMs)
    await onward()

    // run
    await learner.arrives(12, 'The price, connections kept')
    await terminal.keys('r')
    expect(await terminal.until('Next: What was it worth?', patienceMs)).toContain('The median answer')
    await onward()

    // explain
    await learner.arrives(13, 'What was it worth?')
    await learner.write('No handshakes')
    await learner.commit()
    await learner.find('CPU time ')
    await onward()

    // quiz
    await learner.arrives(14, 'What would you do?')
    await whole()
    await learner.choose('198.51.100.7, the last one')
    await learner.choose('Whether a second proxy would help')
    await learner.choose('Compare what is added with 40 ms')
    await terminal.until('❯ Commit')
    await terminal.keys('Enter')
    await terminal.until('This was the last step: the lab is finished.')
    await learner.find(/you said: 198\.51\.100\.7, the last one {2}✓ right/)
    await learner.find(/you said: Whether a second proxy would help {2}✗ wrong/)
    await learner.find('It was: Whether the proxy keeps its connections to the origin.')
    await whole()

    // what was learned, and how the tasks are solved
    await terminal.keys('n')
    expect(await terminal.until('Next: lab 2, Remember (n).')).toContain('What you learned')
    await whole(/^ Lab 1 · One hop +finished/)
    await learner.find('The solution, and yours')
    await terminal.keys('b')
    await terminal.until('n what you learned')

    // its report, which no browser opens here
    await terminal.keys('o')
    await terminal.until(/^ No browser .*report/im)
    const report = await readFile(join(terminal.home, 'labs/one-hop/report.html'), 'utf8')
    for (const kept of ['The proxy speaks for itself', 'No handshakes', '29 connections', '"forwarded": true']) {
      expect(report).toContain(kept)
    }

    await terminal.keys('q')
    await terminal.until(/❯ {2}1 {2}One hop +18 min {2}done/)
    await terminal.keys('q')
    await terminal.until('lab 2 of 4 · Remember')
    await terminal.keys('q')
    await terminal.until('The report of the lab: ')
    expect(await terminal.state()).toEqual({ alternate: false, cursor: true })
  })
})
