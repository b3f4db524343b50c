import { useMemo } from 'react';
import { useLanguage, useMessages } from '../i18n/use-messages.ts';
import { lastOf, mostOf, sumOf, type Values } from './chart-lines.ts';
import type { ChartUnit } from './chart-plans.ts';
import { monitoringMessages } from './messages.ts';

export interface Unit {
  readonly say: (value: number) => string;
  /** Of a whole time: how many, or how much at most, or how many now. */
  readonly note: (counts: Values) => string;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

/** How values of every unit are written. */
export function useUnits(): Readonly<Record<ChartUnit, Unit>> {
  const t = useMessages(monitoringMessages);
  const language = useLanguage();
  return useMemo(() => {
    const digits = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      maximumSignificantDigits: 3,
    });
    const whole = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 0 });
    const bytes = (value: number): string => {
      const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(value) / 3));
      return `${digits.format(value / 1000 ** power)} ${byteUnits[power]}`;
    };
    const number = (value: number): string => digits.format(value);
    return {
      rate: {
        say: (value) => t.perSecond(number(value)),
        note: (counts) => t.total(whole.format(sumOf(counts))),
      },
      bytes: {
        say: (value) => t.perSecond(bytes(value)),
        note: (counts) => t.total(bytes(sumOf(counts))),
      },
      ms: {
        say: (value) => t.ms(number(value)),
        note: (values) => (lastOf(values) === null ? '–' : t.most(t.ms(number(mostOf(values))))),
      },
      count: {
        say: number,
        note: (values) => {
          const last = lastOf(values);
          return last === null ? '–' : t.now(number(last));
        },
      },
    };
  }, [t, language]);
}
