/** Words of EdgeLab itself, and of measuring. */
import type { Term } from './term.ts'

export const edgelabTerms: readonly Term[] = [
  {
    name: 'policy',
    also: ['feature'],
    text: 'What the edge must do, in words that belong to no product: routes, balancing, cache, API keys, limits, transforms. Each system gets its own native configuration from the same policy.',
    see: ['fidelity', 'system'],
  },
  {
    name: 'system',
    also: ['nginx', 'nginx-lua', 'node-proxy', 'node-gateway', 'direct'],
    text: 'A thing that can carry out a policy: NGINX, NGINX with Lua, our own small proxy and gateway. `direct` is the baseline: nobody stands between driver and origin.',
    see: ['policy', 'kind', 'reverse proxy', 'API gateway'],
  },
  {
    name: 'kind',
    also: ['baseline', 'managed', 'self-built'],
    text: 'What one gets hold of: a reverse proxy, an API gateway, a managed service of a vendor (emulated here), or a self-built program made from libraries. What a system can do is said by its support of each feature, not by its kind.',
    see: ['system', 'reverse proxy', 'API gateway'],
  },
  {
    name: 'fidelity',
    also: ['exact', 'approximated', 'impossible', 'unknown'],
    text: 'How exactly a system’s native configuration carries out one line of the policy: exact, approximated (and how it differs), or impossible (and why). Of a configuration that you wrote yourself it is unknown: probes judge it.',
    see: ['policy', 'probe'],
  },
  {
    name: 'probe',
    also: ['proof'],
    text: 'A short sequence of requests that proves one feature on one system before anything is measured. What a system does not claim is skipped, with the reason; what it claims and does not do is shown as failed.',
    see: ['fidelity', 'run'],
  },
  {
    name: 'scenario',
    also: [],
    text: 'A question with everything that it takes to answer it: a policy, origins, clients, traffic and what is expected to come out.',
    see: ['policy', 'round', 'run'],
  },
  {
    name: 'driver',
    also: ['load generator'],
    text: 'The program that sends the traffic and takes the times. It runs in a process of its own, so that showing a run does not change it.',
    see: ['open loop', 'latency'],
  },
  {
    name: 'round',
    also: [],
    text: 'One pass of a scenario’s traffic through one system. Systems take turns within a round, so that what disturbs the machine disturbs all alike. The round is the unit of statistics: ten thousand requests in one round are still one round.',
    see: ['run', 'bootstrap interval'],
  },
  {
    name: 'run',
    also: ['run record', 'report'],
    text: 'One execution: every chosen system proved, then measured in rounds. It is kept as a record, and everything shown later comes from that record alone.',
    see: ['round', 'finding'],
  },
  {
    name: 'finding',
    also: ['verdict'],
    text: 'One question answered from a run: a sentence first, then what it rests on.',
    see: ['run', 'noise floor'],
  },
  {
    name: 'seed',
    also: [],
    text: 'A number from which all that is random is drawn. The same seed sends the same requests at the same times.',
    see: ['run', 'open loop'],
  },
  {
    name: 'latency',
    also: ['response time'],
    text: 'From the moment a request was scheduled until its answer was complete. Measured from the schedule, not from the actual send, it includes the time that a request had to wait.',
    see: ['percentile', 'open loop'],
  },
  {
    name: 'percentile',
    also: ['p50', 'p99', 'median'],
    text: 'p99 is the time that 99 of 100 requests stayed under; p50, the median, that half of them did. Averages hide the slow ones; a page that needs fifty requests meets the p99 often.',
    see: ['latency'],
  },
  {
    name: 'open loop',
    also: ['coordinated omission', 'closed loop'],
    text: 'Requests leave at their planned times, whether or not earlier ones have been answered, as real users come. In a closed loop each waits for the one before: a slow server is then asked less often and looks better than it is.',
    see: ['driver', 'latency'],
  },
  {
    name: 'bootstrap interval',
    also: ['confidence interval', '95 %'],
    text: 'How sure a figure is: the rounds are drawn again and again at random, and the interval holds what 95 of 100 such draws gave. With few rounds it is wide.',
    see: ['round', 'noise floor'],
  },
  {
    name: 'noise floor',
    also: [],
    text: 'By how much two measurements of the very same thing differ on this machine. A difference smaller than that is not claimed.',
    see: ['bootstrap interval', 'finding'],
  },
  {
    name: 'CPU per request',
    also: ['cost'],
    text: 'The processor time that a system used, divided by the requests it served. Much steadier than requests per second on a machine that does other things too.',
    see: ['system', 'round'],
  },
  {
    name: 'effort',
    also: ['lines of configuration'],
    text: 'What it takes to write: lines of native configuration and of script for each feature, without comments and blank lines.',
    see: ['policy', 'fidelity'],
  },
  {
    name: 'lab',
    also: ['course'],
    text: 'A lesson: you predict, the experiment runs, you say what you saw, and only then comes the explanation. A task follows, judged by what the origin saw.',
    see: ['role'],
  },
  {
    name: 'role',
    also: [],
    text: 'A part that a system plays in a lab, such as the reverse proxy. Which one plays it depends on what can run on your machine.',
    see: ['lab', 'system'],
  },
]
