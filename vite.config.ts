import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'ui',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Markdown, in kB; it loads after the first paint.
    chunkSizeWarningLimit: 600,
    // The content security policy has no `data:` for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['ui/index.html', 'ui/sign-in.html'] },
  },
})
