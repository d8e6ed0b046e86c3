// From which addresses our own pages are served, and so may ask for something with somebody's cookie.

import { networkInterfaces } from 'node:os'

/** What the owner said, else every address this process answers on, over http. */
export function allowedOrigins(config: { publicOrigins: readonly string[]; host: string }, port: number): readonly string[] {
  if (config.publicOrigins.length > 0) return config.publicOrigins
  return [...new Set(['localhost', '127.0.0.1', '[::1]', ...hostsOf(config.host)])].map((host) => new URL(`http://${host}:${port}`).origin)
}

/** The address to show to people. */
export function mainOrigin(config: { publicOrigins: readonly string[]; host: string }, port: number): string {
  const [said] = config.publicOrigins
  if (said !== undefined) return said
  const local = isEverywhere(config.host) || config.host === '127.0.0.1' || config.host === '::1'
  return new URL(`http://${local ? 'localhost' : inUrl(config.host)}:${port}`).origin
}

function hostsOf(host: string): string[] {
  if (!isEverywhere(host)) return [inUrl(host)]
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  // A link-local address carries a zone (fe80::1%eth0), which no browser puts into an Origin.
  return addresses.filter(({ address }) => !address.startsWith('fe80:')).map(({ address }) => inUrl(address))
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
