import { useMemo } from 'react';
import type { Language } from './messages.ts';
import { useLanguage } from './use-messages.ts';

export interface Format {
  /** `12,345` */
  readonly number: (value: number) => string;
  /** `12 ms` */
  readonly milliseconds: (value: number) => string;
  /** Local date and time to the minute. */
  readonly time: (iso: string) => string;
  /** The same instant in UTC, for tooltips. */
  readonly utc: (iso: string) => string;
  /** `3 hours ago` */
  readonly ago: (iso: string, nowMs: number) => string;
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** Numbers and times as the chosen language writes them. Times are local; UTC belongs in the tooltip. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => createFormat(locales[language]), [language]);
}

export function createFormat(locale: string, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const numbers = new Intl.NumberFormat(locale);
  const milliseconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond' });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: (value) => numbers.format(value),
    milliseconds: (value) => milliseconds.format(value),
    time: (iso) => times.format(new Date(iso)),
    utc: (iso) => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ago: (iso, nowMs) => agoText(relative, (new Date(iso).getTime() - nowMs) / 1000),
  };
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

function agoText(relative: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relative.format(Math.round(seconds / size), unit);
}
