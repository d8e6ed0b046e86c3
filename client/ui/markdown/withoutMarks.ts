// One line where there is no room for more: the list of conversations, a notification, a quote, what a screen reader calls
// out. It reads no grammar: it takes away the marks that hug words and those that begin lines, so now and then it takes one
// that was meant as it stands. What a spoiler hides stays hidden, also where the line was cut before its end.

export function withoutMarks(text: string): string {
  if (!MARK.test(text)) return text
  return RULES.reduce((shown, [pattern, by]) => shown.replace(pattern, by), text)
}

const MARK = /[*_`~|[\]#>+\\-]|\d[.)]/u

/** Each looks a bounded way ahead, so that no text makes it slow. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*(?:`{3,}|~{3,}).*$\n?/gmu, ''],
  [/^(?:[ \t]*>)+[ \t]?/gmu, ''],
  [/^[ \t]*#{1,6}[ \t]+/gmu, ''],
  [/^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$\n?/gmu, ''],
  [/^[ \t]*[-+*][ \t]+\[ \][ \t]+/gmu, '☐ '],
  [/^[ \t]*[-+*][ \t]+\[x\][ \t]+/gimu, '☑ '],
  [/^[ \t]*[-+*][ \t]+/gmu, '• '],
  [/\|\|(?=\S)[^|]{1,8000}?(?:\|\||$(?![\s\S]))/gu, '▒▒▒'],
  [/!?\[([^\]\n]{1,300})\]\([^)\s]{1,2000}\)/gu, '$1'],
  [/(`{1,3})(?=\S)([^`\n]{1,500})\1/gu, '$2'],
  [/(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{0,300}[^\s*_])\1(?![\p{L}\p{N}*_])/gu, '$2'],
  [/(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{0,300}[^\s*_])\1(?![\p{L}\p{N}*_])/gu, '$2'],
  [/~~(?=\S)([^~\n]{1,300})~~/gu, '$1'],
  [/\\(?=[!-/:-@[-`{-~])/gu, ''],
]
