import { type CertificateKind, certificateKinds } from '../certificates.ts';
import type { Bench } from './engine.ts';
import type { PlainEngine } from './plain-engine.ts';

/** HAProxy as a plain TLS reverse proxy: one thread, keep-alive to the backend, X-Forwarded-For, nothing logged. */
export const haproxy: PlainEngine = {
  name: 'haproxy',
  configName: 'haproxy.cfg',
  config: haproxyConfig,
  args: (configPath) => ['-db', '-f', configPath],
  env: () => ({}),
  versionArgs: ['-v'],
};

function haproxyConfig(
  { backendPort, certificates }: Bench,
  _home: string,
  ports: Readonly<Record<CertificateKind, number>>,
) {
  const bind = (kind: CertificateKind) =>
    `bind 127.0.0.1:${ports[kind]} backlog 4096 ssl crt ${certificates[kind].bundlePath} alpn h2,http/1.1${
      kind === 'mutual' ? ` ca-file ${certificates[kind].certificatePath} verify required` : ''
    }`;
  return `
global
  nbthread 1
  maxconn 8192
  ssl-default-bind-options ssl-min-ver TLSv1.2
defaults
  mode http
  timeout connect 5s
  timeout client 300s
  timeout server 300s
  timeout http-keep-alive 300s
  option forwardfor
  http-reuse always
frontend tls
  ${certificateKinds.map(bind).join('\n  ')}
  default_backend members
backend members
  server one 127.0.0.1:${backendPort} pool-max-conn -1
`;
}
