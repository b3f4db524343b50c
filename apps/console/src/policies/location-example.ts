import type { UrlValues } from './policy-values.ts';

interface Place {
  readonly protocol: string;
  readonly protocol_port: number;
}

const usualPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** What a redirect makes of a made-up request to this listener. Groups of the path's expression stay as they are written. */
export function exampleOf(
  url: Partial<UrlValues>,
  listener: Place,
): { readonly from: string; readonly to: string } {
  const scheme = listener.protocol.toLowerCase();
  const request: Readonly<Record<string, string>> = {
    protocol: scheme,
    host: 'www.example.com',
    port: String(listener.protocol_port),
    path: '/shop/cart',
    query: 'lang=en',
  };
  const filled = (text = ''): string =>
    text.replaceAll(/\$\{(\w+)\}/g, (all, name: string) => request[name] ?? all);
  const toScheme = filled(url.protocol).toLowerCase();
  const query = filled(url.query);
  const to = addressOf(toScheme, filled(url.host), filled(url.port)) + filled(url.path);
  const from = `${addressOf(scheme, request['host'] ?? '', request['port'] ?? '')}/shop/cart?lang=en`;
  return { from, to: query === '' ? to : `${to}?${query}` };
}

function addressOf(scheme: string, host: string, port: string): string {
  return `${scheme}://${host}${usualPorts[scheme] === port ? '' : `:${port}`}`;
}

/** The server's own rule: same place, same protocol and same port is a circle. */
export function leadsBack(url: Partial<UrlValues>, { protocol, protocol_port: port }: Place): boolean {
  const isSamePlace = url.host === '${host}' && url.path === '${path}';
  const isSameProtocol = url.protocol === '${protocol}' || url.protocol === protocol;
  return isSamePlace && isSameProtocol && (url.port === '${port}' || Number(url.port) === port);
}
