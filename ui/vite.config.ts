import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// The window's content policy takes scripts, styles and fonts from the app's own files only: nothing is inlined.
export default defineConfig(({ mode }) => ({
  plugins: [svelte({ configFile: false })],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    target: 'safari17',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    outDir: mode === 'mock' ? 'dist-mock' : 'dist',
    emptyOutDir: true,
  },
}))
