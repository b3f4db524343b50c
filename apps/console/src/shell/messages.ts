import { defineMessages } from '../i18n/messages.ts';
import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

/** Words that every page uses: navigation, actions, failures, feedback. */
export const shellMessages = defineMessages(en, zh);
export type ShellMessages = (typeof shellMessages)['en'];
