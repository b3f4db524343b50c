/** One line of the access log under the names of the cloud's log format; null for what there is not. */
export type LogFields = Readonly<Record<string, unknown>>;

/** In the order of the line. Fields with one value per attempt are lists. */
const names = [
  'msec',
  'access_log_topic_id',
  'time_iso8601',
  'log_ver',
  'remote',
  'status',
  'request',
  'request_length',
  'bytes_sent',
  'body_bytes_sent',
  'request_time',
  'upstream_status',
  'upstream_connect_time',
  'upstream_header_time',
  'upstream_response_time',
  'upstream_addr',
  'http_user_agent',
  'http_referer',
  'http_x_forwarded_for',
  'lb_name',
  'listener_name',
  'listener_id',
  'pool_name',
  'member_name',
  'tenant_id',
  'eip',
  'upstream_addr_priv',
  'certificate_id',
  'ssl_protocol',
  'ssl_cipher',
  'sni_domain_name',
  'tcpinfo_rtt',
  'self_defined_header',
] as const;

const numbers: ReadonlySet<string> = new Set([
  'msec',
  'status',
  'request_length',
  'bytes_sent',
  'body_bytes_sent',
  'request_time',
]);
const numberLists: ReadonlySet<string> = new Set([
  'upstream_status',
  'upstream_connect_time',
  'upstream_header_time',
  'upstream_response_time',
]);
const textLists: ReadonlySet<string> = new Set(['upstream_addr', 'member_name', 'upstream_addr_priv']);

/** A line of either format as fields of the same names and types; null when it is neither. */
export function readLogLine(line: string): LogFields | null {
  return line.startsWith('{') ? readJson(line) : readWords(line);
}

function readJson(line: string): LogFields | null {
  try {
    return JSON.parse(line) as LogFields;
  } catch {
    return null;
  }
}

function readWords(line: string): LogFields | null {
  // A field is a text in quotes, the time in brackets, or a word.
  const values = [...line.matchAll(/"([^"]*)"|\[(\d[^\]]*)\](?= )|(\S+)/g)].map(
    ([, quoted, time, word]) => quoted ?? time ?? word ?? '',
  );
  if (values.length !== names.length) return null;
  const { remote, request, eip, ...rest } = Object.fromEntries(
    names.map((name, at) => [name, typed(name, values[at]!)]),
  );
  const [remoteAddress, remotePort] = splitPort(String(remote));
  const [method = '', url = '', protocol = ''] = String(request).split(' ');
  const [, scheme, host, target] = /^(\w+):\/\/([^/?]*)(.*)$/.exec(url) ?? [];
  return {
    ...rest,
    remote_addr: remoteAddress,
    remote_port: remotePort,
    request_method: method,
    scheme: scheme ?? null,
    host: host ?? null,
    router_request_uri: target ?? url,
    server_protocol: protocol,
    eip_port: splitPort(String(eip))[1],
  };
}

function typed(name: string, text: string): unknown {
  const one = (part: string): string | null => (part === '-' ? null : part);
  if (textLists.has(name)) return text.split(', ').map(one);
  if (numberLists.has(name)) return text.split(', ').map((part) => (part === '-' ? null : Number(part)));
  if (text === '-') return null;
  return numbers.has(name) ? Number(text) : text;
}

/** `192.0.2.1:80`, `[2001:db8::1]:80` */
function splitPort(text: string): readonly [address: string, port: number | null] {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  return [text.slice(0, colon).replace(/^\[|\]$/g, ''), Number.isInteger(port) ? port : null];
}
