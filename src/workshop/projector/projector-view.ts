/**
 * The page for the room's projector: views draw it, and what is here serves it. Views stand above the workshop, so the
 * command that starts a host gives it one of these.
 */
import type { Room } from '../room/room.ts'

/** What the page may know. */
export interface Projected {
  readonly room: Room
  /** `192.168.1.7:7443 7QF2-M9XK-…` */
  readonly joinLines: readonly string[]
  readonly passcode: string
}

export interface ProjectorView {
  /** The page's own script and style, by the names under which the page asks for them. */
  readonly assets: Readonly<Record<string, { readonly type: string; readonly text: string }>>
  /** The whole page, complete without its script. */
  page(seen: Projected): string
  /** What replaces the page's content when something changed: any value that JSON can carry. */
  update(seen: Projected): unknown
}
