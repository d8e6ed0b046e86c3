import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { newServer } from '../testing/newServer.ts'
import { anonymous } from '../testing/signUp.ts'
import type { Api, ApiDeps } from './api.ts'
import { createApi } from './api.ts'

async function describedApi(): Promise<Document> {
  const server = await newServer()
  const answer = await anonymous(server)('GET', '/api/openapi.json')
  expect(answer.status).toBe(200)
  return answer.json()
}

type Operation = { summary?: string; security?: unknown[]; responses: Record<string, { description: string }> }
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

test('the description of the API is a valid OpenAPI 3.1 document, for everyone to read', async () => {
  const described = await describedApi()
  expect(await new Validator().validate({ ...described })).toEqual({ valid: true })
  expect(described).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api' }] })
})

test('every route is in it, with a summary, and nothing else is', async () => {
  const operations = operationsOf(await describedApi())
  expect(operations.map(({ name }) => name).toSorted()).toEqual(routesOf(createApi(nothing())).toSorted())
  expect(operations.filter(({ summary }) => summary === undefined)).toEqual([])
})

test('whatever needs a session says so, and that it is refused without one', async () => {
  const [open, closed] = partition(operationsOf(await describedApi()), ({ security }) => security === undefined)
  expect(open.map(({ name }) => name)).toEqual(['POST /accounts', 'POST /sessions', 'GET /registration'])
  expect(closed.filter(({ responses }) => responses['401'] === undefined)).toEqual([])
})

function operationsOf({ paths }: Document) {
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })))
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}

function routesOf(api: Api): string[] {
  const routes = api.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
  return [...new Set(routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))]
}

/** Routes are declared without asking anything of what stands behind them. */
function nothing(): ApiDeps {
  return { allowedOrigins: [], trustedProxies: 0, auth: { cookieName: 'session' }, database: {} } as unknown as ApiDeps
}
