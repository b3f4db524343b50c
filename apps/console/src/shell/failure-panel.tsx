import { ApiError } from '@elbow/api';
import { Alert, Button } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface FailurePanelProps {
  readonly error: unknown;
  /** Default: that something could not be loaded. */
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** A call that failed, in words; with the request id when the server is to blame, so that its log can be searched. */
export function FailurePanel({ error, title, onRetry }: FailurePanelProps) {
  const t = useMessages(shellMessages).failure;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="failure-panel"
      title={title ?? t.title}
      description={<FailureText error={error} />}
      action={onRetry === undefined ? undefined : <Button onClick={onRetry}>{t.again}</Button>}
    />
  );
}

export function FailureText({ error }: { readonly error: unknown }) {
  const t = useMessages(shellMessages).failure;
  if (!(error instanceof ApiError)) return String(error);
  const text = error.status === 0 ? t.away : serverWords(error.message);
  if (error.status < 500 || error.requestId === null) return text;
  return (
    <>
      {text} {t.requestId}: <code>{error.requestId}</code>
    </>
  );
}
