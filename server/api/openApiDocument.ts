import type { Api } from './api.ts'
import type { Auth } from '../auth/auth.ts'

const DESCRIPTION = `Everything the sync socket does not carry, and the same append for programs that want no socket.
Every error is \`{ refusal }\`: a code for programs, whether trying again can help, and words for people.
An id proves nothing: what you are no member of is refused in the same way as what does not exist.`

/** OpenAPI 3.1, generated from the routes. */
export function openApiDocument(api: Api) {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Parley', version: '1', description: DESCRIPTION },
    servers: [{ url: '/api' }],
  })
}

export function describeSecurity(api: Api, { cookieName }: Pick<Auth, 'cookieName'>): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: cookieName })
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
}
