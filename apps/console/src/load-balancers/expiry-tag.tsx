import { Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { loadBalancerMessages } from './messages.ts';

const dayMs = 86_400_000;
const soonDays = 30;

/** A badge for a certificate that has expired or will soon; nothing for the others. */
export function ExpiryTag({ expiresAt }: { readonly expiresAt: string }) {
  const t = useMessages(loadBalancerMessages).listeners;
  const format = useFormat();
  const [nowMs] = useState(() => Date.now());
  const days = Math.floor((Date.parse(expiresAt) - nowMs) / dayMs);
  if (days >= soonDays) return null;
  return (
    <Tooltip title={format.time(expiresAt)}>
      <Tag color={days < 0 ? 'error' : 'warning'}>{days < 0 ? t.expired : t.expires(days)}</Tag>
    </Tooltip>
  );
}
