/** An answer that the load balancer makes itself. */
export interface StatusPage {
  readonly status: number;
  readonly reason: string;
  /** Field lines, Content-Length not among them. */
  readonly fields: string;
  readonly body: string;
  /** True when the connection cannot be used after it: the rest of the request is unknown or unwanted. */
  readonly closes: boolean;
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  417: 'Expectation Failed',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
};

const closing: ReadonlySet<number> = new Set([400, 405, 408, 413, 414, 417, 500, 501, 505]);

/**
 * The page for a status of the load balancer's own.
 * @param detail one sentence for the person at the other end; plain text, escaped here
 * @param heading what the title says after the status, where the phrase of the status says too little; escaped too
 */
export function statusPage(status: number, detail = '', heading: string | null = null): StatusPage {
  const reason = reasons[status] ?? 'Error';
  const title = `${status} ${heading === null ? reason : escapeHtml(heading)}`;
  const paragraph = detail === '' ? '' : `<p>${escapeHtml(detail)}</p>\n`;
  return {
    status,
    reason,
    fields: 'Server: elbow\r\nContent-Type: text/html\r\n',
    body: `<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n${paragraph}`,
    closes: closing.has(status),
  };
}

/**
 * The same for a gRPC call: its client reads the status of the call, not of the message. 502 and 503 mean that the
 * service cannot be reached (UNAVAILABLE, 14), 504 that it was too slow (DEADLINE_EXCEEDED, 4).
 * @param detail plain ASCII text
 */
export function grpcStatusPage(status: number, detail: string): StatusPage {
  const code = status === 504 ? 4 : 14;
  const message = encodeURIComponent(detail).replaceAll('%20', ' ');
  const fields = `Server: elbow\r\nContent-Type: application/grpc\r\nGrpc-Status: ${code}\r\nGrpc-Message: ${message}\r\n`;
  return { ...statusPage(status), fields, body: '' };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
