import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { detailMessages } from '../texts/messages.ts';

export interface ApiRequestDialogProps {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly path: string;
  readonly body: object;
  readonly onClose: () => void;
}

/** The same thing as a call, to be kept in a script. */
export function ApiRequestDialog({ method, path, body, onClose }: ApiRequestDialogProps) {
  const t = useMessages(detailMessages).request;
  const { close } = useMessages(shellMessages).actions;
  const json = JSON.stringify(body, null, 2);
  const curl = [
    `curl -X ${method} '${window.location.origin}${path}' \\`,
    `  -H "X-Auth-Token: $TOKEN" -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body).replaceAll("'", String.raw`'\''`)}'`,
  ].join('\n');
  return (
    <Modal
      open
      title={t.title}
      width={760}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{close}</Button>}
    >
      <p className="lf-soft">{t.text}</p>
      <CodeBlock label={`${method} ${path}`} text={json} />
      <CodeBlock label={t.curl} text={curl} />
    </Modal>
  );
}

export interface CodeBlockProps {
  readonly label: string;
  readonly text: string;
}

/** Text to be copied as it is. */
export function CodeBlock({ label, text }: CodeBlockProps) {
  const t = useMessages(shellMessages).actions;
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  return (
    <figure className="code-block">
      <figcaption>
        <code>{label}</code>
        <Button
          type="text"
          size="small"
          icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
          aria-label={`${isCopied ? t.copied : t.copy}: ${label}`}
          onClick={copy}
          onBlur={() => setCopied(false)}
        />
      </figcaption>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </figure>
  );
}
