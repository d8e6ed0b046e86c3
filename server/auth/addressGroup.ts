// Whom an address stands for when tries are counted. One customer of an IPv6 provider gets at least a /64 and can send
// from any address in it, so those count as one.

import ipaddr from 'ipaddr.js'

export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return `${parsed.parts.slice(0, 4).map((part) => part.toString(16)).join(':')}::/64`
}
