import type { Translated } from '../i18n/messages.ts';
import type { en } from './messages.en.ts';

export const zh: Translated<typeof en> = {
  title: '资源拓扑',
  listeners: '监听器',
  none: '暂无内容：请添加监听器。',
  defaultRoute: '默认',
  noPool: '没有后端服务器组：返回 503',
  noMembers: '没有服务器',
  redirect: '重定向至URL',
  fixed: '直接返回响应',
  toListener: '重定向至监听器',
  unnamed: (number) => `策略 ${number}`,
  healthy: (healthy, all) => `${healthy}/${all} 正常`,
  more: (count) => `另外 ${count} 个`,
  states: { ONLINE: '正常', OFFLINE: '异常', NO_MONITOR: '未检查', INITIAL: '检查中', UNKNOWN: '未知' },
  serving: '服务中',
  trouble: '未按要求生效',
};
