import type { Translated } from '../i18n/messages.ts';
import type { en } from './messages.en.ts';

export const zh: Translated<typeof en> = {
  title: '登录',
  userName: '用户名',
  password: '密码',
  submit: '登录',
  hint: '首次启动时，用户名和密码已写入数据目录下的 credentials.json。',
  wrong: '用户名或密码错误。',
  ended: '会话已结束。重新登录后将返回原来的页面。',
  away: '控制面无响应。',
};
