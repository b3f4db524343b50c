import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { StatusDot, type Tone } from './status-dot.tsx';

type Health = 'ready' | 'notReady' | 'away';
const tones: Readonly<Record<Health, Tone>> = { ready: 'good', notReady: 'warn', away: 'bad' };

/** Whether every worker serves the newest configuration, in one glance. */
export function HealthBadge() {
  const t = useMessages(shellMessages).health;
  const health = useHealth();
  if (health === null) return null;
  return (
    <Tooltip title={t[health]}>
      <span className="health-badge" role="status" aria-label={t[health]}>
        <StatusDot tone={tones[health]} />
        <span className="health-badge-text">{t.short[health]}</span>
      </span>
    </Tooltip>
  );
}

function useHealth(): Health | null {
  const nodes = useQuery({
    queryKey: ['nodes'],
    queryFn: ({ signal }) => client.listNodes({ signal }),
    refetchInterval: freshMs,
  });
  if (nodes.isError) return 'away';
  if (nodes.data === undefined) return null;
  const all = nodes.data.body.nodes;
  const areUpToDate = all.every(
    ({ revision, delivered_revision, refusal }) => refusal === null && revision >= delivered_revision,
  );
  return all.length > 0 && areUpToDate ? 'ready' : 'notReady';
}
