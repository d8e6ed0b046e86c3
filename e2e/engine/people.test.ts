import { expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { marks, online, shown, startTown, told } from './town.ts'

test('[U2] a profile is the same on all devices of a person, also offline and after a start without a network', async () => {
  const town = await startTown()
  const [alice, phone] = [await town.device('alice'), await town.device('alice')]
  await Promise.all([online(alice), online(phone)])
  expect(await alice.engine.changeProfile({ name: 'Alice A.', status: { text: 'at sea' }, privacy: { presence: 'contacts' } })).toMatchObject({ ok: true })
  await told(alice)
  await eventually(() => phone.engine.profile.get()?.person.name === 'Alice A.' && phone.engine.profile.get()?.privacy.presence === 'contacts')
  phone.network.cut()
  await eventually(() => phone.engine.connection.get().state === 'offline')
  expect(phone.engine.profile.get()).toMatchObject({ person: { status: { text: 'at sea' } }, privacy: { presence: 'contacts' } })
  expect(phone.engine.account.get()).toMatchObject({ person: { name: 'Alice A.' } })
})

test('[U2] who looks sees the new name at once, and who was away sees it on return', async () => {
  const town = await startTown()
  const [alice, bob, carol] = [await town.device('alice'), await town.device('bob'), await town.device('carol')]
  await town.group(alice, bob, carol)
  await Promise.all([online(alice), online(bob), online(carol)])
  const [bobs, carols] = [bob.engine.person(alice.me()), carol.engine.person(alice.me())]
  const stop = bob.engine.presence(alice.me()).subscribe(() => undefined)
  await eventually(() => bob.engine.presence(alice.me()).get()?.online === true && carols.get() !== null && bobs.get() !== null)
  await eventually(() => carol.engine.inbox.get().rows.length === 1)
  carol.network.cut()
  await eventually(() => carol.engine.connection.get().state === 'offline')
  await alice.engine.changeProfile({ name: 'Alice A.' })
  await eventually(() => bobs.get()?.name === 'Alice A.')
  expect(carols.get()?.name).toBe('alice')
  carol.network.restore()
  await eventually(() => carols.get()?.name === 'Alice A.')
  stop()
})

test('[U4] who is blocked sees their message refused in words, and can send it again when the block ends', async () => {
  const town = await startTown()
  const [alice, bob, phone] = [await town.device('alice'), await town.device('bob'), await town.device('alice')]
  await Promise.all([online(alice), online(bob), online(phone)])
  const started = await bob.engine.startDirect(alice.me())
  if (!started.ok) throw new Error(started.refusal.words)
  expect(await alice.engine.block(bob.me())).toEqual({ ok: true, value: undefined })
  await eventually(() => phone.engine.profile.get()?.blocked.includes(bob.me()) === true)
  const talk = bob.engine.open(started.value)
  const sent = await talk.send({ text: 'hello?' })
  await eventually(() => marks(bob, started.value)[0] === 'refused')
  expect(talk.timeline.at(talk.timeline.get().length - 1)?.mark).toMatchObject({ refusal: { code: 'forbidden', words: 'This person does not take messages from you.' } })
  await alice.engine.unblock(bob.me())
  await told(alice)
  await talk.retry(sent)
  alice.engine.open(started.value)
  await eventually(() => shown(alice, started.value).join() === 'hello?')
})

test('[U9] a report reaches the administrator', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  const sent = await alices.send({ text: 'buy this' })
  await eventually(() => marks(alice, lunch)[0] !== 'pending')
  expect(await bob.engine.report({ about: alice.me(), reason: 'spam', conversation: lunch, entries: [sent] })).toMatchObject({ ok: true })
  await told(bob)
  const listed = await alice.engine.administration.reports({ state: 'open', after: null })
  if (!listed.ok) throw new Error(listed.refusal.words)
  const [summary] = listed.value.reports
  if (summary === undefined) throw new Error('There is no report.')
  expect(await alice.engine.administration.readReport(summary.id)).toMatchObject({ ok: true, value: { report: { shown: [{ texts: ['buy this'] }] } } })
  await alice.engine.administration.resolveReport(summary.id, 'warned')
  expect(await alice.engine.administration.reports({ state: 'open', after: null })).toMatchObject({ value: { reports: [] } })
  expect(await alice.engine.administration.readReport(summary.id)).toMatchObject({ ok: true, value: { report: { resolvedBy: alice.me(), resolvedWords: 'warned' } } })
  expect(await bob.engine.administration.reports({ state: 'open', after: null })).toMatchObject({ ok: false, refusal: { code: 'forbidden' } })
})

test('[U8] who is hidden from is away, also after a reconnect, and back with the first sign', async () => {
  const town = await startTown()
  const signs: ((what: 'input' | 'hidden') => void)[] = []
  const onAttention = (listener: (what: 'input' | 'hidden') => void) => {
    signs.push(listener)
    return () => undefined
  }
  const [alice, bob] = [await town.device('alice'), await town.device('bob', { onAttention })]
  await town.group(alice, bob)
  await Promise.all([online(alice), online(bob)])
  const presence = alice.engine.presence(bob.me())
  const stop = presence.subscribe(() => undefined)
  await eventually(() => presence.get()?.online === true && presence.get()?.away === undefined)
  for (const sign of signs) sign('hidden')
  await eventually(() => presence.get()?.away === true)
  bob.network.cut()
  await eventually(() => presence.get()?.online === false)
  bob.network.restore()
  await eventually(() => presence.get()?.away === true)
  for (const sign of signs) sign('input')
  await eventually(() => presence.get()?.away === undefined)
  expect(presence.get()?.online).toBe(true)
  stop()
})
