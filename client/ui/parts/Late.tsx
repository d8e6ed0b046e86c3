import type { ReactNode } from 'react'
import { Component, Suspense, useEffect } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from './Dialog.tsx'
import { NotLoaded, onTryAgain, tryAgain } from './later.ts'
import { toasts } from './ToastStack.tsx'

/**
 * `place`: what stands where the part should be when it cannot be drawn. `unseen`: nothing, for what has no place of its own;
 * it is told at the edge of the screen.
 */
type Place = { place?: 'pane' | 'line' | 'unseen' } | { place: 'dialog'; onClose: () => void }
type LateProps = Place & { children: ReactNode; fallback?: ReactNode }

/**
 * Around whatever comes later. When it cannot come, or breaks, it says so in its place and offers a way on; everything beside
 * it goes on. What is shown in one place at different times takes a `key`, so that one failure is not taken for the next.
 */
export class Late extends Component<LateProps, { error: unknown }> {
  override state = { error: null }
  #stop: (() => void) | null = null

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { children, fallback, ...place } = this.props
    const { error } = this.state
    if (error === null) return <Suspense fallback={fallback}>{children}</Suspense>
    return <Instead {...place} error={error} />
  }

  override componentDidCatch(): void {
    this.#stop ??= onTryAgain(() => {
      this.setState({ error: null })
    })
  }

  override componentWillUnmount(): void {
    this.#stop?.()
  }
}

type InsteadProps = Place & { error: unknown }

function Instead(props: InsteadProps) {
  const { t } = useLanguage()
  const words = props.error instanceof NotLoaded ? { title: t('parts.notLoadedTitle'), text: t('parts.notLoaded') } : { title: t('parts.brokenTitle'), text: t('parts.broken') }
  switch (props.place) {
    case 'unseen':
      return <Told words={words.title} />
    case 'line':
      return (
        <p className="notice notice--danger" role="alert">
          {words.title} <WaysOn small />
        </p>
      )
    case 'dialog':
      return (
        <Dialog title={words.title} size="small" onClose={props.onClose} footer={<WaysOn />}>
          <p role="alert">{words.text}</p>
        </Dialog>
      )
    case 'pane':
    case undefined:
      return (
        <section className="empty" role="alert">
          <h2>{words.title}</h2>
          <p>{words.text}</p>
          <WaysOn />
        </section>
      )
    default:
      return props satisfies never
  }
}

function WaysOn({ small = false }: { small?: boolean }) {
  const { t } = useLanguage()
  const size = small ? 'button--small' : ''
  return (
    <span className="form__row">
      <button type="button" className={`button ${size} button--primary`} data-autofocus onClick={() => void tryAgain()}>
        {t('parts.tryAgain')}
      </button>
      <button
        type="button"
        className={`button ${size}`}
        onClick={() => {
          window.location.reload()
        }}
      >
        {t('start.reload')}
      </button>
    </span>
  )
}

function Told({ words }: { words: string }): null {
  const { t } = useLanguage()
  useEffect(() => {
    told.parts += 1
    if (told.parts === 1) told.toast = toasts.show(words, { tone: 'danger', stays: true, action: { label: t('parts.tryAgain'), run: () => void tryAgain() } })
    return () => {
      told.parts -= 1
      if (told.parts === 0) toasts.dismiss(told.toast)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- Told once, as it happened.
  }, [])
  return null
}

/** However many parts are missing, they are one piece of news. */
const told = { parts: 0, toast: 0 }
