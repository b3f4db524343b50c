import { type CertificateKind, certificateKinds } from '../certificates.ts';
import type { Bench } from './engine.ts';
import type { PlainEngine } from './plain-engine.ts';

/** Caddy as a plain TLS reverse proxy: one processor, the given certificates, nothing logged, no change to the machine. */
export const caddy: PlainEngine = {
  name: 'caddy',
  configName: 'Caddyfile',
  config: caddyfile,
  args: (configPath) => ['run', '--config', configPath, '--adapter', 'caddyfile'],
  env: (home) => ({ GOMAXPROCS: '1', HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }),
  versionArgs: ['version'],
};

function caddyfile(
  { backendPort, certificates }: Bench,
  _home: string,
  ports: Readonly<Record<CertificateKind, number>>,
) {
  // A client that connects to an address sends no SNI; Caddy has to be told which certificate that means.
  const site = (kind: CertificateKind) => `
https://:${ports[kind]} {
  bind 127.0.0.1
  tls ${certificates[kind].certificatePath} ${certificates[kind].keyPath} ${kind === 'mutual' ? clientAuth(certificates[kind].certificatePath) : ''}
  reverse_proxy 127.0.0.1:${backendPort} {
    transport http {
      keepalive_idle_conns_per_host 128
    }
  }
}
`;
  return `
{
  admin off
  skip_install_trust
  auto_https off
  servers {
    protocols h1 h2
  }
}
${certificateKinds.map(site).join('')}
`;
}

function clientAuth(authorityPath: string): string {
  return `{
    client_auth {
      mode require_and_verify
      trusted_ca_cert_file ${authorityPath}
    }
  }`;
}
