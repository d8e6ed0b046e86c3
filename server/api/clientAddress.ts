// Where a request comes from, as far as our own proxies can be believed. Without one, X-Forwarded-For is what anybody
// likes to write.

import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  return proxyAddr(request, (_address, hop) => hop < trustedProxies)
}
