// What an import did, in numbers and in words.

export type ImportSummary = {
  sources: number
  /** Files of the folder that are no export, as far as we can tell. */
  passedOver: string[]
  conversations: { created: number; found: number }
  people: { created: number; found: number }
  entries: {
    stored: number
    already: number
    /** Stored before with another text or another original; what is stored stays. */
    different: number
    /** How many of the stored ones only continue a text that is too long for one. */
    continued: number
  }
  replies: { linked: number; dropped: number }
  /** Authors that a full group or a direct conversation has no room for; what they wrote is there. */
  leftOut: number
  problems: number
  seconds: number
}

export function emptySummary(): ImportSummary {
  return {
    sources: 0,
    passedOver: [],
    conversations: { created: 0, found: 0 },
    people: { created: 0, found: 0 },
    entries: { stored: 0, already: 0, different: 0, continued: 0 },
    replies: { linked: 0, dropped: 0 },
    leftOut: 0,
    problems: 0,
    seconds: 0,
  }
}

/** How many entries were taken through the log, new or not. */
export function entriesSeen({ entries }: ImportSummary): number {
  return entries.stored + entries.already + entries.different
}

export function summaryInWords(summary: ImportSummary): string {
  const { conversations, people, entries, replies } = summary
  const rate = entriesSeen(summary) / Math.max(summary.seconds, 0.001)
  return [
    `Conversations  ${count(conversations.created)} new, ${count(conversations.found)} there before`,
    `People         ${count(people.created)} new, ${count(people.found)} there before`,
    `Messages       ${count(entries.stored)} stored, ${count(entries.already)} already there`,
    ...when(entries.continued, `               ${count(entries.continued)} of the stored ones continue a text too long for one message`),
    ...when(entries.different, `               ${count(entries.different)} are stored with other content, which was kept`),
    `Replies        ${count(replies.linked)} linked`,
    ...when(replies.dropped, `               ${count(replies.dropped)} answer something that is not in the export; the text was kept`),
    ...when(summary.leftOut, `Not members    ${count(summary.leftOut)} who wrote in a conversation that has no room for more members`),
    ...when(summary.passedOver.length, `Passed over    ${count(summary.passedOver.length)} files that are no export: ${some(summary.passedOver)}`),
    `Problems       ${count(summary.problems)}`,
    `Took           ${summary.seconds.toFixed(1)} s, ${count(Math.round(rate))} messages/s`,
  ].join('\n')
}

export function count(number: number): string {
  return number.toLocaleString('en-US')
}

function when(number: number, words: string): string[] {
  return number === 0 ? [] : [words]
}

function some(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} …`
}
