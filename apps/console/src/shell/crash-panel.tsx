import { Button, Result } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';

/** What a page leaves behind that has thrown. */
export function CrashPanel({ error }: { readonly error: unknown }) {
  const t = useMessages(shellMessages).failure;
  return (
    <div role="alert">
      <Result
        status="warning"
        title={t.crashed}
        subTitle={
          <>
            {t.crashedText}
            <br />
            <code>{error instanceof Error ? error.message : String(error)}</code>
          </>
        }
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {t.reload}
          </Button>
        }
      />
    </div>
  );
}
