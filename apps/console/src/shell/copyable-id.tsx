import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';

/** An id, with a button that copies it. */
export function CopyableId({ id }: { readonly id: string }) {
  const t = useMessages(shellMessages).actions;
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard?.writeText(id).then(() => setCopied(true));
  return (
    <span className="copyable-id">
      <code>{id}</code>
      <Button
        type="text"
        size="small"
        icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
        aria-label={`${isCopied ? t.copied : t.copy}: ${id}`}
        onClick={copy}
        onBlur={() => setCopied(false)}
      />
    </span>
  );
}
