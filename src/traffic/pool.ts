/** At most so many keep-alive connections to one target; requests beyond that wait in order. */
import { type Connection, openConnection, type RequestEvents } from './connection.ts'
import type { Target } from './plan.ts'

export interface Job {
  readonly bytes: string
  readonly method: string
  readonly wantBody: boolean
  readonly events: RequestEvents
  /** Called when the bytes go out, which may be later than asked where every connection is busy. */
  sending(connection: Connection): void
}

export interface Pool {
  submit(job: Job): void
  /** A connection has answered or failed: the next job may go. Called by whoever handles the answer. */
  released(connection: Connection): void
  readonly waiting: number
  /** Drops what waits and closes every connection; requests under way fail as timeouts. */
  close(dropped: (job: Job) => void): void
}

export function openPool(target: Target, size: number, opened: () => void): Pool {
  const idle: Connection[] = []
  const open = new Set<Connection>()
  const queue: Job[] = []
  let head = 0
  let closing = false

  function open1(): Connection {
    const connection = openConnection(target, {
      closed: () => {
        open.delete(connection)
        const at = idle.indexOf(connection)
        if (at >= 0) idle.splice(at, 1)
        next()
      },
      connected: opened,
    })
    open.add(connection)
    return connection
  }

  /** The connection used last is the warmest; one that the server closed meanwhile is passed over. */
  function free(): Connection | undefined {
    for (let connection = idle.pop(); connection; connection = idle.pop()) if (connection.usable) return connection
    return open.size < size ? open1() : undefined
  }

  function start(job: Job, connection: Connection): void {
    job.sending(connection)
    connection.send(job.bytes, job.method, job.wantBody, job.events)
  }

  function next(): void {
    while (!closing && head < queue.length) {
      const connection = free()
      if (!connection) return
      start(queue[head]!, connection)
      head += 1
      if (head > 1024) queue.splice(0, head)
      if (head > 1024) head = 0
    }
  }

  return {
    submit: (job) => {
      const connection = head < queue.length ? undefined : free()
      if (connection) start(job, connection)
      else queue.push(job)
    },
    released: (connection) => {
      if (connection.usable) idle.push(connection)
      if (head < queue.length) next()
    },
    get waiting() {
      return queue.length - head
    },
    close: (dropped) => {
      closing = true
      for (const job of queue.slice(head)) dropped(job)
      queue.length = 0
      head = 0
      for (const connection of [...open]) connection.destroy('timeout')
    },
  }
}
