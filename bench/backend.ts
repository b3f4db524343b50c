import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nginxUser } from './engines/engine.ts';
import { isListening, freePorts } from './ports.ts';
import { waitUntilUp } from './child-processes.ts';
import type { ChildProcesses } from './child-processes.ts';

/**
 * Starts the member that all engines forward to: an nginx with keep-alive that answers `/small` (200 bytes), `/100k`
 * (100,000 bytes), `/html` (100,000 bytes of text) and `/upload` (reads the whole body, then answers 200 bytes). Gives its port.
 */
export async function startBackend(
  children: ChildProcesses,
  dir: string,
  cpu: number | undefined,
): Promise<number> {
  const [port] = await freePorts(1);
  const home = join(dir, 'backend');
  await mkdir(join(home, 'www'), { recursive: true });
  await writeFile(join(home, 'www', '100k'), 'e'.repeat(100_000));
  await writeFile(join(home, 'www', 'html'), samplePage(100_000));
  await writeFile(join(home, 'nginx.conf'), backendConfig(home, port!));
  const program = children.start({
    name: 'backend',
    command: 'nginx',
    args: ['-c', join(home, 'nginx.conf'), '-p', home],
    cpu,
  });
  await waitUntilUp(program, () => isListening(port!));
  return port!;
}

/** Text that compresses about as pages do: words of a small vocabulary in an order that does not repeat. */
function samplePage(bytes: number): string {
  let seed = 20_261_125;
  let text = '<!doctype html><title>Sample</title>';
  while (text.length < bytes) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    text += `<p class="c${seed % 7}">${(seed >>> 3).toString(36)} ${words[(seed >>> 8) % words.length]}</p>\n`;
  }
  return text.slice(0, bytes);
}

const words = ['listener', 'member', 'pool', 'certificate', 'a', 'the', 'of', 'request', 'answer', 'balance'];

// nginx answers `return` without reading a body. Proxying to itself without the body makes it read the body first.
const backendConfig = (home: string, port: number) => `
${nginxUser} daemon off; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 300s; sendfile on; tcp_nopush on;
  client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
  default_type application/octet-stream;
  upstream itself { server 127.0.0.1:${port}; keepalive 64; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /small { return 200 "${'e'.repeat(200)}"; }
    location = /100k { root ${home}/www; open_file_cache max=10; }
    location = /html { root ${home}/www; default_type text/html; open_file_cache max=10; }
    location = /upload {
      client_max_body_size 0; client_body_buffer_size 2m;
      proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_method GET;
      proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_pass http://itself/small;
    }
  }
}
`;
