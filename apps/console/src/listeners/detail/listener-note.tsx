import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { troubleList } from '../../load-balancers/queries.ts';
import { StatusText } from '../../shell/status-dot.tsx';
import { detailMessages } from '../texts/messages.ts';
import { useListenerFacts } from './listener-facts.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';
import { serverWords } from '../../server-words/server-words.ts';

/** Beside the name: whether nodes serve it, and where. */
export function ListenerNote({ of }: ListenerTabProps) {
  const t = useMessages(detailMessages);
  const { loadBalancer } = useListenerFacts();
  const trouble = (useQuery(troubleList).data ?? []).find(({ id }) => id === of.id);
  const place = `${of.protocol.toLowerCase()}://${loadBalancer.vip_address ?? '?'}:${of.protocol_port}`;
  return (
    <>
      {trouble === undefined ? (
        <StatusText tone="good">{t.serving}</StatusText>
      ) : (
        <Tooltip title={t.troubleText(serverWords(trouble.reason))}>
          <span tabIndex={0}>
            <StatusText tone="bad">{t.trouble}</StatusText>
          </span>
        </Tooltip>
      )}
      <code className="listener-place">{place}</code>
    </>
  );
}
