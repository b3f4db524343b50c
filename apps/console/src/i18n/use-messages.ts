import { createContext, useContext } from 'react';
import type { Language, Messages } from './messages.ts';

export const LanguageContext = createContext<Language>('en');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The texts of a folder in the chosen language: `const t = useMessages(poolMessages)`. */
export function useMessages<T>(messages: Messages<T>): T {
  return messages[useLanguage()];
}
