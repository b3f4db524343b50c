import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { certificateById, listenerById, poolById } from '../load-balancers/named-queries.ts';
import type { Named } from '../shell/named.ts';
import { type Fact, Facts } from '../shell/facts.tsx';
import { accessLogMessages } from './messages.ts';
import type { NumberedEntry } from './use-access-log.ts';

/** Everything that is known of one request, in words, and the line itself. */
export function LogDetail({ entry }: { readonly entry: NumberedEntry }) {
  const { fields: t } = useMessages(accessLogMessages);
  const items = [...useRequestFacts(entry), ...useServerFacts(entry), ...useTlsFacts(entry)];
  return (
    <div className="log-detail">
      <Facts items={items.filter(({ value }) => value !== null && value !== '')} />
      <h4>{t.raw}</h4>
      <pre>{entry.raw}</pre>
    </div>
  );
}

function useRequestFacts(entry: NumberedEntry): readonly Fact[] {
  const { fields: t } = useMessages(accessLogMessages);
  const format = useFormat();
  const bytes = (count: number): string => `${format.number(count)} B`;
  const url = `${entry.scheme ?? ''}://${entry.host ?? ''}${entry.router_request_uri}`;
  return [
    { label: t.time, value: `${format.time(entry.time_iso8601)} (${format.utc(entry.time_iso8601)})` },
    { label: t.client, value: <code>{`${entry.remote_addr}:${entry.remote_port ?? ''}`}</code> },
    { label: t.url, value: <code>{`${entry.request_method} ${url}`}</code> },
    { label: t.protocol, value: entry.server_protocol },
    { label: t.status, value: String(entry.status) },
    { label: t.reason, value: entry.error_reason ?? null },
    { label: t.duration, value: ms(entry.request_time) },
    { label: t.received, value: bytes(entry.request_length) },
    { label: t.sent, value: `${bytes(entry.bytes_sent)}, ${t.body} ${bytes(entry.body_bytes_sent)}` },
    { label: t.agent, value: entry.http_user_agent },
    { label: t.referer, value: entry.http_referer },
    { label: t.forwardedFor, value: entry.http_x_forwarded_for },
  ];
}

function useServerFacts(entry: NumberedEntry): readonly Fact[] {
  const { fields: t, attempt, noAnswer } = useMessages(accessLogMessages);
  const listenerId = entry.listener_name.replace('listener_', '');
  const poolId = entry.pool_name?.replace('pool_', '') ?? null;
  const listener = useQuery(listenerById(listenerId)).data;
  const pool = useQuery(poolById(poolId)).data;
  const servers = entry.upstream_addr.flatMap((address, at) => (address === null ? [] : [{ address, at }]));
  return [
    { label: t.listener, value: linked(listenerId, listener, `/listeners/${listenerId}/summary`) },
    { label: t.pool, value: poolId === null ? null : linked(poolId, pool, `/pools/${poolId}`) },
    ...servers.map(({ address, at }) => ({
      label: t.attempt(at + 1, servers.length),
      value: (
        <>
          <code>{address}</code>
          {': '}
          {attempt(
            String(entry.upstream_status[at] ?? noAnswer),
            ms(entry.upstream_connect_time[at]),
            ms(entry.upstream_header_time[at]),
            ms(entry.upstream_response_time[at]),
          )}
        </>
      ),
    })),
  ];
}

function useTlsFacts(entry: NumberedEntry): readonly Fact[] {
  const { fields: t, yes } = useMessages(accessLogMessages);
  const id = entry.certificate_id;
  const certificate = useQuery(certificateById(id ?? null)).data;
  if (entry.ssl_protocol === null) return [];
  const tls = [entry.ssl_protocol, entry.ssl_cipher, entry.alpn ?? null].filter((one) => one !== null);
  return [
    { label: t.tls, value: tls.join(', ') },
    { label: t.name, value: entry.sni_domain_name },
    { label: t.certificate, value: id === null ? null : linked(id, certificate, `/certificates?q=${id}`) },
    { label: t.early, value: entry.early_data === 1 ? yes : null },
  ];
}

function linked(id: string, found: Named | null | undefined, to: string): ReactNode {
  return <Link to={to}>{found ? nameOf(found) : id}</Link>;
}

function ms(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? '–' : `${Math.round(seconds * 1000)} ms`;
}
