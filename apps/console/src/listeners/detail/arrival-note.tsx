import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { useMessages } from '../../i18n/use-messages.ts';
import { certificateById } from '../../load-balancers/named-queries.ts';
import { namesOf } from '../form/certificate-facts.ts';
import { wizardMessages } from '../texts/messages.ts';
import type { Arrival } from '../wizard/use-compose.ts';
import { CodeBlock } from './api-request-dialog.tsx';
import { useListenerFacts } from './listener-facts.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';

/** Whoever has just made a listener is told how long it took, and how to try it. */
export function ArrivalNote({ of }: ListenerTabProps) {
  const t = useMessages(wizardMessages).welcome;
  const [arrival, forget] = useState(useLocation().state as Arrival | null);
  const command = useTryOut(of);
  if (arrival === null || arrival.liveMs === undefined) return null;
  const isLive = typeof arrival.liveMs === 'number';
  return (
    <Alert
      className="arrival"
      role="status"
      type={isLive ? 'success' : 'info'}
      showIcon
      closable={{ onClose: () => forget(null) }}
      title={typeof arrival.liveMs === 'number' ? t.live(arrival.liveMs) : t.pending}
      description={<CodeBlock label={t.tryIt} text={command} />}
    />
  );
}

/** A request to it that works without any name being known to DNS. */
function useTryOut({ protocol, protocol_port: port, default_tls_container_ref: id }: ListenerTabProps['of']) {
  const { loadBalancer } = useListenerFacts();
  const certificate = useQuery(certificateById(id)).data ?? undefined;
  const vip = loadBalancer.vip_address ?? '127.0.0.1';
  if (protocol === 'HTTP') return `curl -i http://${vip}:${port}/`;
  const [name = 'www.example.com'] = certificate === undefined ? [] : namesOf(certificate);
  const host = name.replace(/^\*\./, 'www.');
  return `curl -i -k --connect-to ::${vip}:${port} https://${host}:${port}/`;
}
