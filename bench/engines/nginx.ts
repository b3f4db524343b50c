import { type CertificateKind, certificateKinds } from '../certificates.ts';
import { nginxUser } from './engine.ts';
import type { Bench } from './engine.ts';
import type { PlainEngine } from './plain-engine.ts';

/** nginx as a plain TLS reverse proxy: keep-alive to the backend, X-Forwarded-For, nothing logged. */
export const nginx: PlainEngine = {
  name: 'nginx',
  configName: 'nginx.conf',
  config: nginxConfig,
  args: (configPath, home) => ['-c', configPath, '-p', home],
  env: () => ({}),
  versionArgs: ['-v'],
};

// Larger buffers than the default and no buffering of uploads: with a temporary file per request it would be no contest.
function nginxConfig(
  { backendPort, certificates }: Bench,
  home: string,
  ports: Readonly<Record<CertificateKind, number>>,
) {
  const server = (kind: CertificateKind) => `
  server {
    listen 127.0.0.1:${ports[kind]} ssl http2 backlog=4096;
    ssl_certificate ${certificates[kind].certificatePath};
    ssl_certificate_key ${certificates[kind].keyPath};
    ${kind === 'mutual' ? `ssl_client_certificate ${certificates[kind].certificatePath}; ssl_verify_client on;` : ''}
    location / { proxy_pass http://members; }
  }`;
  return `
load_module /usr/lib/nginx/modules/ngx_http_brotli_filter_module.so;
${nginxUser} daemon off; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 300s; client_max_body_size 0;
  client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
  brotli on; brotli_comp_level 2; brotli_types text/html;
  ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:s:8m;
  proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_buffer_size 16k; proxy_buffers 8 32k; proxy_busy_buffers_size 64k; proxy_request_buffering off;
  upstream members { server 127.0.0.1:${backendPort}; keepalive 128; keepalive_requests 100000000; }
  ${certificateKinds.map(server).join('')}
}
`;
}
