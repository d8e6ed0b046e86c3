// oxlint-disable react/no-array-index-key -- The parts of a text never change places.

import type { ReactNode } from 'react'
import { useEffect, useMemo, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { isCopied } from '../parts/copyText.ts'
import { CopyIcon, TickIcon } from '../parts/Icon.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { late, useLate } from './late.ts'
import type { Token } from './highlight.ts'
import './CodeBlock.css'

const lateHighlight = late(async () => (await import('./highlight.ts')).highlight)

/** Colours come later, and change no measure. */
export function CodeBlock({ language, text }: { language: string | null; text: string }) {
  const { t } = useLanguage()
  const highlight = useLate(lateHighlight, language !== null)
  const tokens = useMemo(() => (highlight === null || language === null ? null : highlight(text, language)), [highlight, language, text])
  return (
    <div className="code" dir="ltr">
      <div className="code__bar">
        <span>{language}</span>
        <CopyButton text={text} />
      </div>
      {/* What scrolls can be scrolled by keys. */}
      <pre tabIndex={0} role="region" aria-label={language === null ? t('markdown.code') : t('markdown.codeIn', { language })}>
        <code>{tokens === null ? text : drawn(tokens)}</code>
      </pre>
    </div>
  )
}

function drawn(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, index) =>
    typeof token === 'string' ? (
      token
    ) : (
      <span key={index} className={token.className}>
        {drawn(token.children)}
      </span>
    ),
  )
}

function CopyButton({ text }: { text: string }) {
  const { t } = useLanguage()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => {
      setCopied(false)
    }, COPIED_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [copied])

  async function copy() {
    if (await isCopied(text)) setCopied(true)
    else toasts.show(t('leftovers.cannotCopy'), { tone: 'danger' })
  }

  return (
    <>
      <button type="button" className="code__copy" aria-label={t('markdown.copy')} title={t('markdown.copy')} onClick={() => void copy()}>
        {copied ? <TickIcon /> : <CopyIcon />}
        {copied ? <span aria-hidden="true">{t('markdown.copied')}</span> : null}
      </button>
      <span className="unseen" role="status">
        {copied ? t('markdown.copied') : ''}
      </span>
    </>
  )
}

/** Long enough to be read. */
const COPIED_MS = 2_000
