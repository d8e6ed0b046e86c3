// Is the person looking? Only what is in front of them counts as read.

export function isReading(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

/** Calls back when they come (back) to look. */
export function onReading(listener: () => void): () => void {
  const check = () => {
    if (isReading()) listener()
  }
  window.addEventListener('focus', check)
  document.addEventListener('visibilitychange', check)
  return () => {
    window.removeEventListener('focus', check)
    document.removeEventListener('visibilitychange', check)
  }
}
