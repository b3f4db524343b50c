import { type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from '../shell/store.ts';
import { languageStore } from './language.ts';
import { LanguageContext } from './use-messages.ts';

/** Gives every page the chosen language and tells the browser which one it is. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const language = useStore(languageStore);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  return <LanguageContext value={useMemo(() => language, [language])}>{children}</LanguageContext>;
}
