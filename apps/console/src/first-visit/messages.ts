import { defineMessages } from '../i18n/messages.ts';
import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const firstVisitMessages = defineMessages(en, zh);
