import type { Translated } from '../i18n/messages.ts';
import type { en } from './messages.en.ts';

export const zh: Translated<typeof en> = {
  text: '标签用于分类和查找：每个列表都可按标签搜索。',
  key: '键',
  value: '值',
  operations: '操作',
  add: '添加标签',
  none: '还没有标签。',
  count: (count, most) => `${count}/${most} 个标签`,
  full: (most) => `最多 ${most} 个标签。`,
  valueOf: (key) => `${key} 的值`,
  deleteOf: (key) => `删除标签 ${key}`,
  taken: '该键已存在，请直接修改它的值。',
  keyLength: '1到128个字符。',
  saved: (key) => `标签 ${key} 已保存`,
  deleted: (key) => `标签 ${key} 已删除`,
};
