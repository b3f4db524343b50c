import { createStore } from '../shell/store.ts';
import { type Language, languages } from './messages.ts';

const key = 'elbow.language';

/** What was chosen before, else the browser's own language, else English. */
function initial(): Language {
  const kept = localStorage.getItem(key);
  const known = languages.find((language) => language === kept);
  return known ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
}

export const languageStore = createStore<Language>(initial());

export function chooseLanguage(language: Language): void {
  localStorage.setItem(key, language);
  languageStore.set(language);
}
