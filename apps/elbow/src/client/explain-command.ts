import { callAdmin } from './admin-api.ts';
import { printExplanation, type Explanation } from './print-explanation.ts';

export interface ExplainWish {
  readonly dataDir: string;
  readonly url: string;
  readonly from: string | undefined;
  readonly method: string | undefined;
  /** `name: value`, as curl takes them. */
  readonly headers: readonly string[];
  readonly listenerId: string | undefined;
  readonly isJson: boolean;
}

/** Asks the daemon what would become of a request. @returns the text to print @throws CallFailed */
export async function explainText(wish: ExplainWish): Promise<string> {
  const request = {
    url: wish.url,
    headers: wish.headers.map(headerOf),
    ...(wish.from === undefined ? {} : { from: wish.from }),
    ...(wish.method === undefined ? {} : { method: wish.method }),
    ...(wish.listenerId === undefined ? {} : { listener_id: wish.listenerId }),
  };
  const answer = await callAdmin(wish.dataDir, '/elbow/v1/explain', { request });
  const { explanation } = answer as { readonly explanation: Explanation };
  return wish.isJson ? JSON.stringify(explanation, null, 2) : printExplanation(explanation);
}

function headerOf(text: string): { readonly name: string; readonly value: string } {
  const colon = text.indexOf(':');
  if (colon < 0) return { name: text, value: '' };
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}
