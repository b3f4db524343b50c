import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds a running daemon. */
const daemon = process.env['ELBOW_ENDPOINT'] ?? 'http://127.0.0.1:8700';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The page may load nothing inline, and no asset is worth a data URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(['/v3', '/v2.0', '/elbow'].map((root) => [root, daemon])) },
});
