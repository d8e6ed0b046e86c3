// The content security policy lets no string become markup or a script (require-trusted-types-for). One string has to: the
// address of the service worker, which is registered by code that knows nothing of Trusted Types. The policy named
// "default" is asked about each; null means no.

export function allowServiceWorkerAddress(): void {
  window.trustedTypes?.createPolicy('default', { createScriptURL: (url) => (url === SERVICE_WORKER ? url : null) })
}

const SERVICE_WORKER = '/sw.js'
