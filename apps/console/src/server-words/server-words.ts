import type { Language } from '../i18n/messages.ts';
import { createTranslator, type Translate } from './translator.ts';

const asItIs: Translate = (text) => text;

/** Tables that are here, by language; the server itself speaks English. */
const translators = new Map<Language, Translate>([['en', asItIs]]);
let current: Language = 'en';

/**
 * Fetches what a language needs before pages are shown in it, so that texts of the server can be translated while a
 * page renders. Never rejects: without the table the server's own words are shown.
 */
export async function prepareServerWords(language: Language): Promise<void> {
  if (!translators.has(language)) {
    try {
      const { zhShapes } = await import('./zh/shapes.ts');
      translators.set(language, createTranslator(zhShapes));
    } catch {
      // Served from the same place as this page: the next page that is opened says what is wrong.
    }
  }
  current = language;
}

/** A sentence of the server in the language of the page. */
export function serverWords(text: string): string {
  return (translators.get(current) ?? asItIs)(text);
}

/** The same as a sentence of its own, as forms show it below a field. */
export function serverSentence(reason: string): string {
  const said = serverWords(reason);
  if (said !== reason) return /[。！？.]$/.test(said) ? said : `${said}。`;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
