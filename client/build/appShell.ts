import type { VitePWAOptions } from 'vite-plugin-pwa'

/** Of what a long press on the app's icon offers. */
const SHORTCUT_ICONS = [{ src: '/icon-192.png', type: 'image/png', sizes: '192x192' }]

/**
 * The service worker keeps the app's own files, so that it starts without a network; what people wrote is the replica's
 * business. It answers navigations with the page it keeps, and never touches the API, the sync socket or health checks.
 */
export const appShell: Partial<VitePWAOptions> = {
  // A new version waits until the person agrees: it reloads the page they write in.
  registerType: 'prompt',
  // An inline script would break the content security policy; updates.ts registers it.
  injectRegister: null,
  workbox: {
    // importScripts with an address is a string that becomes a script, which Trusted Types refuse.
    inlineWorkboxRuntime: true,
    globPatterns: ['**/*.{js,css,html,svg,png,woff2}'],
    navigateFallback: 'index.html',
    navigateFallbackDenylist: [/^\/api(\/|$)/, /^\/sync(\/|$)/, /^\/(healthz|readyz|metrics)$/],
    cleanupOutdatedCaches: true,
    runtimeCaching: [
      {
        // Large and only for the picker: kept once it was opened.
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/emoji/'),
        handler: 'StaleWhileRevalidate',
        options: { cacheName: 'emoji' },
      },
    ],
  },
  manifest: {
    id: '/',
    name: 'Parley',
    short_name: 'Parley',
    description: 'Chat that keeps working: with or without a connection.',
    lang: 'en',
    display: 'standalone',
    display_override: ['standalone', 'minimal-ui'],
    // A shortcut or a link opens in the window that is there.
    launch_handler: { client_mode: ['navigate-existing', 'auto'] },
    start_url: '/',
    scope: '/',
    background_color: '#13484f',
    theme_color: '#13484f',
    categories: ['social', 'productivity'],
    icons: [
      { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
      { src: '/icon-192.png', type: 'image/png', sizes: '192x192', purpose: 'any' },
      { src: '/icon-512.png', type: 'image/png', sizes: '512x512', purpose: 'any' },
      { src: '/icon-maskable-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: 'New conversation', url: '/#/new', icons: SHORTCUT_ICONS },
      { name: 'Go to…', url: '/#/switcher', icons: SHORTCUT_ICONS },
      { name: 'Settings', url: '/#/settings', icons: SHORTCUT_ICONS },
    ],
  },
}
