import { jsonText } from './escape-text.ts';
import type { AttemptRecord, ExchangeRecord } from './exchange-record.ts';
import { type LogClock, seconds } from './log-clock.ts';
import type { LogForm, LogTexts } from './log-texts.ts';
import { hostPort, protocolName } from './logged-request.ts';

/** Parts of {@link jsonLine} that are the same for many requests. */
export const jsonForm: LogForm = {
  peer: ({ address, port }) => `"remote_addr":${jsonText(address)},"remote_port":${port}`,
  secure: (secure) => {
    const [version, cipher] = [jsonText(secure?.version ?? null), jsonText(secure?.cipher ?? null)];
    const [name, alpn] = [jsonText(secure?.serverName ?? null), jsonText(secure?.alpn ?? null)];
    return `"ssl_protocol":${version},"ssl_cipher":${cipher},"sni_domain_name":${name},"alpn":${alpn}`;
  },
  listener: ({ loadBalancerId, id }) => {
    const name = `"lb_name":"loadbalancer_${loadBalancerId}","listener_name":"listener_${id}"`;
    return `${name},"listener_id":"${id.replaceAll('-', '')}"`;
  },
  owner: ({ projectId, port, tls }) => {
    const certificate = jsonText(tls?.certificateId ?? null);
    return `"tenant_id":"${projectId}","eip_address":null,"eip_port":${port},"certificate_id":${certificate}`;
  },
  host: (host) => `"host":${jsonText(host)}`,
  sent: ({ userAgent, referer, forwardedFor }) => {
    const agent = `"http_user_agent":${jsonText(userAgent)},"http_referer":${jsonText(referer)}`;
    return `${agent},"http_x_forwarded_for":${jsonText(forwardedFor)}`;
  },
};

/**
 * One exchange as a line of JSON: the names of the cloud's log format, numbers as numbers, null for what there is
 * not, times in seconds, and one list entry per attempt in every `upstream_…` field and in `member_name`. Three
 * names are more than there are in the cloud: `alpn`, `early_data` (0 or 1) and `error_reason`, which says why the load
 * balancer answered by itself.
 */
export function jsonLine(record: ExchangeRecord, clock: LogClock, texts: LogTexts): string {
  const { request, connection, attempts } = record;
  texts.take(record.listener, request);
  const addresses = each(attempts, addressOf);
  return (
    `{"msec":${clock.msec},"access_log_topic_id":null,"time_iso8601":"${clock.iso8601}","log_ver":"elb_01",` +
    `${texts.peer},"status":${record.status},"request_method":${jsonText(request.method)},` +
    `"scheme":"${connection.client.scheme}",${texts.host},"router_request_uri":${jsonText(request.target)},` +
    `"server_protocol":"${protocolName[request.version]}","request_length":${record.requestBytes},` +
    `"bytes_sent":${record.sentBytes},"body_bytes_sent":${record.sentBodyBytes},` +
    `"request_time":${seconds(record.durationMs)},${timesOf(attempts)},"upstream_addr":${addresses},` +
    `${texts.sent},${texts.listener},"pool_name":${record.poolId === null ? 'null' : `"pool_${record.poolId}"`},` +
    `"member_name":${each(attempts, memberOf)},${texts.owner},"upstream_addr_priv":${addresses},` +
    `${texts.secure},"tcpinfo_rtt":null,"self_defined_header":null,"early_data":${record.ranEarly ? 1 : 0},"error_reason":${jsonText(record.reason)}}\n`
  );
}

function timesOf(attempts: readonly AttemptRecord[]): string {
  return (
    `"upstream_status":${each(attempts, statusOf)},"upstream_connect_time":${each(attempts, connectOf)},` +
    `"upstream_header_time":${each(attempts, headerOf)},"upstream_response_time":${each(attempts, responseOf)}`
  );
}

/** A list with the value of each attempt. */
function each(attempts: readonly AttemptRecord[], value: (attempt: AttemptRecord) => string): string {
  return attempts.length === 1 ? `[${value(attempts[0]!)}]` : `[${attempts.map(value).join(',')}]`;
}

const statusOf = ({ status }: AttemptRecord): string => (status === 0 ? 'null' : `${status}`);
const connectOf = ({ connectMs }: AttemptRecord): string => secondsOrNull(connectMs);
const headerOf = ({ headerMs }: AttemptRecord): string => secondsOrNull(headerMs);
const responseOf = ({ responseMs }: AttemptRecord): string => secondsOrNull(responseMs);
const addressOf = ({ address, port }: AttemptRecord): string => `"${hostPort(address, port)}"`;
const memberOf = ({ memberId }: AttemptRecord): string => `"member_${memberId}"`;

function secondsOrNull(ms: number): string {
  return ms < 0 ? 'null' : seconds(ms);
}
