// A long history made of varied sentences, the same in every run: what a year and more of a busy team looks like.

import { create, int31, oneOf } from 'lib0/prng'
import type { DemoPerson } from './people.ts'
import type { Line } from './talks.ts'

export const LONG_TALK = { name: 'Studio North', lines: 20_000, linesPerDay: 46, minutesAgo: 2, unread: 38 } as const

/** Everybody else's first; most is said by few. */
const VOICES: readonly DemoPerson[] = ['priya', 'priya', 'priya', 'ivan', 'ivan', 'zoe', 'zoe', 'ada', 'ada', 'ada', 'tomas', 'tomas', 'lukasz', 'mei', 'sakura', 'amara']

export function* longTalk(seed: number): Generator<Line> {
  const random = create(seed)
  const words = (list: readonly string[]) => oneOf(random, [...list])
  const fill = (pattern: string) =>
    pattern.replaceAll(/\{(\w+)\}/g, (_, slot: string) => (slot === 'n' ? String(int31(random, 2, 60)) : words(SLOTS[slot] ?? [slot])))
  for (let index = 0; index < LONG_TALK.lines; index += 1) {
    const answers = index > 10 && int31(random, 0, 9) === 0
    const text = fill(words(answers ? ANSWERS : SENTENCES))
    const more = int31(random, 0, 6) === 0 ? ` ${fill(words(ADDITIONS))}` : ''
    const line = [oneOf(random, [...VOICES]), text + more] as const
    yield answers ? [...line, index - int31(random, 1, 8)] : line
  }
}

const SLOTS: Readonly<Record<string, readonly string[]>> = {
  thing: ['floor plan', 'model', 'invoice', 'staircase', 'light study', 'permit', 'budget', 'north façade', 'wood sample', 'site visit', 'drawing set', 'roof detail', 'handrail', 'window schedule', 'tender'],
  place: ['the harbour site', 'the workshop', 'the library', 'the second floor', 'the old station', 'the courtyard', 'the meeting room', 'the print shop'],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'tomorrow', 'next week', 'this afternoon', 'after lunch'],
  who: ['Priya', 'Ivan', 'Zoé', 'Ada', 'Tomás', 'Łukasz', 'Mei', 'Sakura', 'Amara', 'the client', 'the carpenter', 'the city'],
  mood: ['lovely', 'nearly right', 'too heavy', 'surprisingly cheap', 'late', 'better than I hoped', 'a bit dark', 'exactly what we wanted', 'missing a page'],
  colour: ['moss green', 'brick red', 'pale blue', 'off-white', 'graphite', 'mustard'],
  emoji: ['👍', '🙏', '🎉', '😅', '☕', '🏗️', '🌧️', '👏'],
}

const SENTENCES: readonly string[] = [
  'The {thing} is {mood}.',
  'Can {who} look at the {thing} by {day}?',
  'I am at {place} until {n} past.',
  'New version of the {thing} is in the folder, revision {n}.',
  '{who} asked whether the {thing} could be {colour}.',
  'Meeting about the {thing} moved to {day}, {place}.',
  'Does anybody know where the {thing} went? I left it at {place}.',
  'Lunch? {emoji}',
  'Running {n} minutes late, start without me.',
  'We have {n} open points on the {thing}. None of them is scary.',
  'The delivery for {place} comes {day}. Somebody has to sign.',
  'I measured again: {n} centimetres, not {n}.',
  'Reminder: send your hours before {day}.',
  '{who} says yes to the {thing}! {emoji}',
  '{who} says no to the {thing}. We knew it.',
  'Photos from {place}: https://example.org/photos/{n}',
  'If we make it {colour}, the {thing} almost disappears.',
  'Good morning! Coffee is on. {emoji}',
  'The printer at {place} is eating A3 again.',
  'What about the {thing}? I would rather decide it {day} than regret it later.',
  'Draft of the letter to {who}:\n\nDear all,\nthe {thing} will be ready {day}.\n\nAnything to add?',
  'Two options for the {thing}: keep it and pay {n} % more, or start over.',
  'I like it.',
  'Great work everybody {emoji}',
]

const ANSWERS: readonly string[] = [
  'Agreed. {emoji}',
  'Not before {day}, sorry.',
  'I can do that {day}.',
  'Ask {who}, it was their idea.',
  'Are you sure? On my drawing it is {colour}.',
  'Done.',
  'Yes, but only if the {thing} is ready.',
  'Ha! {emoji}',
  'That makes {n} this month.',
]

const ADDITIONS: readonly string[] = [
  'No rush.',
  'Thoughts? {emoji}',
  'I will be at {place} {day} if you want to talk about it.',
  '{who} knows more.',
  'Otherwise we take the {colour} one.',
  'Please answer before {day}.',
  'Numbers are in the folder, page {n}.',
]
