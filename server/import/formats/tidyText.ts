// One form of text for all formats: line breaks are \n, no blank lines before and no space after it (but the indent of
// pasted code stays), and no half of a surrogate pair, which JSON can spell but UTF-8 cannot.

export function tidyText(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').trimEnd()
  return lines.replace(/^(?:[ \t]*\n)+/, '').toWellFormed()
}
