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
 */
export function statusPage(status: number, detail = ''): StatusPage {
  const reason = reasons[status] ?? 'Error';
  const title = `${status} ${reason}`;
  const paragraph = detail === '' ? '' : `<p>${escapeHtml(detail)}</p>\n`;
  return {
    status,
    reason,
    fields: 'Server: elbow\r\nContent-Type: text/html\r\n',
    body: `<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n${paragraph}`,
    closes: closing.has(status),
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
