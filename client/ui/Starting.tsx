import { Logo } from './parts/Logo.tsx'

export function Starting() {
  return (
    <main className="starting" aria-busy="true" aria-label="Parley is starting">
      <Logo size={56} />
    </main>
  )
}

/** Without a place to keep messages nothing could be promised, so nothing is started. */
export function CannotStart() {
  return (
    <main className="empty" role="alert">
      <Logo size={56} />
      <h1>Parley cannot keep anything in this browser</h1>
      <p>It holds your messages on this device, and the browser does not let it. Leave private browsing, allow site data for this page or free some disk space, then reload.</p>
      <button
        type="button"
        className="button button--primary"
        onClick={() => {
          window.location.reload()
        }}
      >
        Reload
      </button>
    </main>
  )
}
