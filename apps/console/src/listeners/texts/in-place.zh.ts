import type { Translated } from '../../i18n/messages.ts';
import type { inPlace as en } from './in-place.en.ts';

export const inPlace: Translated<typeof en> = {
  groupCreated: (name) => `IP地址组 ${name} 已创建`,
  entries: 'IP地址',
  entriesHint: '每行一个地址、网段或地址范围，可在 | 后添加备注。',
  policyCreated: (name) => `安全策略 ${name} 已创建`,
  versions: '版本',
  suites: '套件',
};
