import type { RoomPlan } from '../targets/target.ts'

export const planRooms = (rooms: number, membersPerRoom: number): RoomPlan[] =>
  Array.from({ length: rooms }, (_, room) => ({
    room: `room-${room}`,
    members: Array.from({ length: membersPerRoom }, (__, member) => `member-${room}-${member}`),
  }))
