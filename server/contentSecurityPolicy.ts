// What a page of ours may load and run: our own files alone, so markup that slips into a page cannot run or reach anybody.

const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  // Said although it follows from the first: who reads the header looks for it.
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  // No string becomes markup or a script, in the page and in its service worker. The policy named `default` lets one
  // address through: client/trustedTypes.ts.
  "require-trusted-types-for 'script'",
  'trusted-types default',
] as const

export const CONTENT_SECURITY_POLICY = DIRECTIVES.join('; ')
