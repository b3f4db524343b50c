import { defineMessages } from '../../i18n/messages.ts';
import { detail as detailEn } from './detail.en.ts';
import { detail as detailZh } from './detail.zh.ts';
import { fields as fieldsEn } from './fields.en.ts';
import { fields as fieldsZh } from './fields.zh.ts';
import { form as formEn } from './form.en.ts';
import { form as formZh } from './form.zh.ts';
import { help as helpEn } from './help.en.ts';
import { help as helpZh } from './help.zh.ts';
import { wizard as wizardEn } from './wizard.en.ts';
import { wizard as wizardZh } from './wizard.zh.ts';

export const fieldMessages = defineMessages(fieldsEn, fieldsZh);
export const formMessages = defineMessages(formEn, formZh);
export const helpMessages = defineMessages(helpEn, helpZh);
export const wizardMessages = defineMessages(wizardEn, wizardZh);
export const detailMessages = defineMessages(detailEn, detailZh);

export type FieldMessages = (typeof fieldMessages)['en'];
export type FormMessages = (typeof formMessages)['en'];
export type WizardMessages = (typeof wizardMessages)['en'];
export type DetailMessages = (typeof detailMessages)['en'];
export type FieldKey = keyof FieldMessages;
/** Fields that the help has an entry for. */
export type HelpKey = keyof (typeof helpMessages)['en'];
