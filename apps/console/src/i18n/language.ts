import { prepareServerWords } from '../server-words/server-words.ts';
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

/** The page changes as a whole: words of the server and of the console at once. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  await prepareServerWords(language);
  languageStore.set(language);
}
