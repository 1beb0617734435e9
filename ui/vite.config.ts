// How the pages are built, served for looking at them, and tested.

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import shell from '../tauri.conf.json' with { type: 'json' }

// The window's content policy takes scripts, styles and fonts from the app's own files only: nothing is inlined.
export default defineConfig(({ mode }) => ({
  plugins: [svelte({ configFile: false })],
  clearScreen: false,
  // A test that hangs ends; one on a busy machine does not: the fonts alone take seconds to read there.
  test: { testTimeout: 60_000 },
  // The same policy while they are being written, but for what replaces a part of a page: styles in the page, and a socket.
  server: { port: 1420, strictPort: true, headers: { 'Content-Security-Policy': shell.app.security.devCsp } },
  build: {
    target: 'safari17',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    outDir: mode === 'mock' ? 'dist-mock' : 'dist',
    emptyOutDir: true,
    license: { fileName: 'licenses/pages.json' },
  },
}))
