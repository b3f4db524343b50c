import type { FixedAnswerAction } from '@elbow/plan';
import type { StatusPage } from '@elbow/traffic';
import { reasonPhrase } from '@elbow/wire';

/** Answers that a policy asks for. */
export function redirectPage(status: number, location: string): StatusPage {
  const title = `${status} ${reasonPhrase(status)}`;
  return {
    status,
    reason: reasonPhrase(status),
    fields: `Server: elbow\r\nContent-Type: text/html\r\nLocation: ${location}\r\n`,
    body: `<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n`,
    closes: false,
  };
}

/** Pages are texts of one character per byte; the body is in UTF-8. */
export function fixedPage({ status, contentType, body }: FixedAnswerAction): StatusPage {
  const hasBody = status !== 204 && status !== 205;
  return {
    status,
    reason: reasonPhrase(status),
    fields: `Server: elbow\r\n${hasBody ? `Content-Type: ${contentType}\r\n` : ''}`,
    body: hasBody ? Buffer.from(body, 'utf8').toString('latin1') : '',
    closes: false,
  };
}

export function preflightPage(fields: string): StatusPage {
  return {
    status: 204,
    reason: reasonPhrase(204),
    fields: `Server: elbow\r\n${fields}`,
    body: '',
    closes: false,
  };
}
