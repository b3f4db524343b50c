import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { watchActivity } from './api/activity.ts';
import { languageStore } from './i18n/language.ts';
import { prepareServerWords } from './server-words/server-words.ts';
import { stampStyles } from './shell/style-nonce.ts';
import './fields/fields.css';
import './shell/base.css';

stampStyles();
watchActivity();
await prepareServerWords(languageStore.get());
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
