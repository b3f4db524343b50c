import { defineMessages } from '../i18n/messages.ts';
import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const poolMessages = defineMessages(en, zh);
export type PoolMessages = (typeof poolMessages)['en'];
