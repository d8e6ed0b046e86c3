// Is 03/04/19 in March or April? No line says, the file does: an order that makes a month 13 anywhere is wrong
// everywhere, and of those left the right one makes time go back least often.

import type { DateOrder } from './source.ts'
import type { WhatsappHead } from './whatsappLine.ts'
import type { CalendarDate } from './wallTime.ts'

/** Show it every head of the file, then ask. */
export function watchDates() {
  const candidates = new Map(ORDERS.map((order) => [order, { back: 0, last: 0 }]))
  let american = true
  return {
    see(head: WhatsappHead): void {
      american &&= head.american
      for (const [order, seen] of candidates) {
        const { year, month, day } = toDate(head.parts, order)
        const number = (year * 100 + month) * 100 + day
        if (month < 1 || month > 12 || day < 1 || day > 31) candidates.delete(order)
        else if (number < seen.last) seen.back += 1
        seen.last = number
      }
    },
    /** `null` when no order fits every line. */
    order(): DateOrder | null {
      const fewest = Math.min(...[...candidates.values()].map((seen) => seen.back))
      const best = ORDERS.filter((order) => candidates.get(order)?.back === fewest)
      // Undecided: most of the world writes the day first.
      return american && best.includes('mdy') ? 'mdy' : (best[0] ?? null)
    },
  }
}

export function toDate(parts: WhatsappHead['parts'], order: DateOrder): CalendarDate {
  const [a, b, c] = parts
  switch (order) {
    case 'dmy':
      return { year: fullYear(c), month: Number(b), day: Number(a) }
    case 'mdy':
      return { year: fullYear(c), month: Number(a), day: Number(b) }
    case 'ymd':
      return { year: fullYear(a), month: Number(b), day: Number(c) }
    default:
      return order satisfies never
  }
}

/** WhatsApp began in 2009. */
function fullYear(digits: string): number {
  return digits.length <= 2 ? 2000 + Number(digits) : Number(digits)
}

/** In order of preference. */
const ORDERS = ['dmy', 'mdy', 'ymd'] as const satisfies readonly DateOrder[]
