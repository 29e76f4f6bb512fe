import { setTimeout as delay } from 'node:timers/promises'
import { askLoopback } from '../../loopback.ts'

/** One attempt: the status, or undefined where nothing answers. */
function attempt(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = askLoopback(url, { timeout: 1000 }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(undefined))
    request.end()
  })
}

/** Waits until the URL answers with a status below 500 other than 404. False where `giveUp` came first. */
export async function untilReady(url: string, giveUp: () => boolean): Promise<boolean> {
  while (!giveUp()) {
    const status = await attempt(url)
    if (status !== undefined && status < 500 && status !== 404) return true
    await delay(20)
  }
  return false
}
