import { escapeText, escapeWord } from './escape-text.ts';
import type { AttemptRecord, ExchangeRecord } from './exchange-record.ts';
import { type LogClock, seconds } from './log-clock.ts';
import type { LogForm, LogTexts } from './log-texts.ts';
import { hostPort, protocolName } from './logged-request.ts';

/** Parts of {@link elbLine} that are the same for many requests. */
export const elbForm: LogForm = {
  peer: ({ address, port }) => hostPort(address, port),
  secure: (secure) => {
    if (secure === null) return '- - -';
    return `${secure.version} ${secure.cipher} ${secure.serverName === null ? '-' : escapeWord(secure.serverName)}`;
  },
  listener: ({ loadBalancerId, id }) => {
    return ` loadbalancer_${loadBalancerId} listener_${id} ${id.replaceAll('-', '')} `;
  },
  owner: ({ projectId, port }) => `" ${projectId} -:${port} "`,
  host: (host) => `://${host === null ? '-' : escapeText(host)}`,
  sent: ({ userAgent, referer, forwardedFor }) => {
    return ` "${quoted(userAgent)}" "${quoted(referer)}" "${quoted(forwardedFor)}"`;
  },
};

/**
 * One exchange as a line of the cloud's access log, fields and order as documented there:
 *
 *     $msec $access_log_topic_id [$time_iso8601] $log_ver $remote_addr:$remote_port $status
 *     "$request_method $scheme://$host$router_request_uri $server_protocol" $request_length $bytes_sent
 *     $body_bytes_sent $request_time "$upstream_status" "$upstream_connect_time" "$upstream_header_time"
 *     "$upstream_response_time" "$upstream_addr" "$http_user_agent" "$http_referer" "$http_x_forwarded_for"
 *     $lb_name $listener_name $listener_id $pool_name "$member_name" $tenant_id $eip_address:$eip_port
 *     "$upstream_addr_priv" $certificate_id $ssl_protocol $ssl_cipher $sni_domain_name $tcpinfo_rtt
 *     $self_defined_header
 *
 * `-` stands for what there is not. There are no log streams and no public addresses, and the runtime does not tell a
 * connection's round-trip time.
 */
export function elbLine(record: ExchangeRecord, clock: LogClock, texts: LogTexts): string {
  const { request, connection, attempts, listener } = record;
  texts.take(listener, request);
  const address = each(attempts, addressOf);
  return (
    `${clock.lineStart}${texts.peer} ${record.status} ` +
    `"${escapeText(request.method)} ${connection.client.scheme}${texts.host}${escapeText(request.target)} ` +
    `${protocolName[request.version]}" ` +
    `${record.requestBytes} ${record.sentBytes} ${record.sentBodyBytes} ${seconds(record.durationMs)} ` +
    `${timesOf(attempts)} "${address}"${texts.sent}${texts.listener}` +
    `${record.poolId === null ? '- "' : `pool_${record.poolId} "`}${each(attempts, memberOf)}` +
    `${texts.owner}${address}" ${listener.tls?.certificateId ?? '-'} ${texts.secure} - -\n`
  );
}

function timesOf(attempts: readonly AttemptRecord[]): string {
  return `"${each(attempts, statusOf)}" "${each(attempts, connectOf)}" "${each(attempts, headerOf)}" "${each(attempts, responseOf)}"`;
}

/** The values of all attempts: every field of one line has the same number of them. */
function each(attempts: readonly AttemptRecord[], value: (attempt: AttemptRecord) => string): string {
  if (attempts.length === 1) return value(attempts[0]!);
  return attempts.length === 0 ? '-' : attempts.map(value).join(', ');
}

const statusOf = ({ status }: AttemptRecord): string => (status === 0 ? '-' : `${status}`);
const connectOf = ({ connectMs }: AttemptRecord): string => seconds(connectMs);
const headerOf = ({ headerMs }: AttemptRecord): string => seconds(headerMs);
const responseOf = ({ responseMs }: AttemptRecord): string => seconds(responseMs);
const addressOf = ({ address, port }: AttemptRecord): string => hostPort(address, port);
const memberOf = ({ memberId }: AttemptRecord): string => `member_${memberId}`;

function quoted(text: string | null): string {
  return text === null || text === '' ? '-' : escapeText(text);
}
