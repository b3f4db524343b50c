import { App as AntApp, ConfigProvider, theme } from 'antd';
import type { Locale } from 'antd/es/locale';
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLanguage } from '../i18n/use-messages.ts';
import { useStore } from './store.ts';
import { styleNonce } from './style-nonce.ts';
import { themeStore, themeTokens } from './theme.ts';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark, and the component library in the chosen language. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const isDark = useIsDark();
  const locale = useAntLocale();
  const config = useMemo(() => {
    const algorithm = isDark ? theme.darkAlgorithm : theme.defaultAlgorithm;
    return { ...themeTokens(isDark), algorithm };
  }, [isDark]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  return (
    <ConfigProvider theme={config} csp={{ nonce: styleNonce }} {...(locale === null ? {} : { locale })}>
      <AntApp className="app">{children}</AntApp>
    </ConfigProvider>
  );
}

export function useIsDark(): boolean {
  const choice = useStore(themeStore);
  const isSystemDark = useSyncExternalStore(
    (listener) => {
      systemDark.addEventListener('change', listener);
      return () => systemDark.removeEventListener('change', listener);
    },
    () => systemDark.matches,
  );
  return choice === 'system' ? isSystemDark : choice === 'dark';
}

/** English is built in; the Chinese of the components comes when it is first needed. */
function useAntLocale(): Locale | null {
  const language = useLanguage();
  const [chinese, setChinese] = useState<Locale | null>(null);
  useEffect(() => {
    if (language !== 'zh') return;
    void import('antd/locale/zh_CN').then((module) => setChinese(module.default));
  }, [language]);
  return language === 'zh' ? chinese : null;
}
