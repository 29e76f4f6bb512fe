/**
 * What CloudWatch would know of the API, by the names that it has there: of a REST API
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html) and of an HTTP API.
 */
export interface Metrics {
  /** `integrationMs` where an origin was asked. Milliseconds. */
  record(answer: {
    readonly status: number
    readonly latencyMs: number
    readonly integrationMs?: number
    readonly bytes: number
  }): void
  cache(isHit: boolean): void
  /** As JSON: since the start, not by minute. The times are the emulator’s own, not those of AWS. */
  text(): string
}

interface Statistic {
  sum: number
  samples: number
}

export function createMetrics(apiType: 'REST' | 'HTTP', api: string, stage: string): Metrics {
  const isRest = apiType === 'REST'
  const names = isRest
    ? { clientErrors: '4XXError', serverErrors: '5XXError' }
    : { clientErrors: '4xx', serverErrors: '5xx' }
  const statistics: Record<string, Statistic> = Object.fromEntries(
    [
      'Count',
      names.clientErrors,
      names.serverErrors,
      'Latency',
      'IntegrationLatency',
      ...(isRest ? ['CacheHitCount', 'CacheMissCount'] : ['DataProcessed']),
    ].map((name) => [name, { sum: 0, samples: 0 }]),
  )
  const add = (name: string, value: number): void => {
    statistics[name]!.sum += value
    statistics[name]!.samples += 1
  }
  return {
    record: ({ status, latencyMs, integrationMs, bytes }) => {
      add('Count', 1)
      add(names.clientErrors, status >= 400 && status < 500 ? 1 : 0)
      add(names.serverErrors, status >= 500 ? 1 : 0)
      add('Latency', latencyMs)
      if (integrationMs !== undefined) add('IntegrationLatency', integrationMs)
      if (!isRest) add('DataProcessed', bytes)
    },
    cache: (isHit) => add(isHit ? 'CacheHitCount' : 'CacheMissCount', 1),
    text: () =>
      JSON.stringify({
        Namespace: 'AWS/ApiGateway',
        Dimensions: isRest ? { ApiName: api, Stage: stage } : { ApiId: api, Stage: stage },
        Metrics: Object.entries(statistics).map(([MetricName, { sum, samples }]) => ({
          MetricName,
          Sum: sum,
          SampleCount: samples,
        })),
      }),
  }
}
