// Room on the disk, in the place of the shell.

import type { Channel } from '@tauri-apps/api/core'
import type { Room } from '../bindings/Room'
import type { RoomMade } from '../bindings/RoomMade'
import { ago } from './sample'

let room: Room = {
  bytes: 412_600_000,
  erasable: 151_200,
  erasable_bytes: 387_100_000,
  stays: 431,
  stays_received: 400,
  erased: 0,
  told_at: ago(95),
}

export const now = (): Room => ({ ...room })

export function make(progress: Channel<number>): RoomMade {
  progress.onmessage(room.erasable)
  const made = { erased: room.erasable, given_back: room.erasable_bytes, free: 0 }
  room = {
    ...room,
    bytes: room.bytes - room.erasable_bytes,
    erasable: 0,
    erasable_bytes: 0,
    erased: room.erased + room.erasable,
  }
  return made
}
