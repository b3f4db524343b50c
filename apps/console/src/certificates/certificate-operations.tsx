import type { CertificateWire } from '@elbow/api';
import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import type { CertificateUse } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';

export type CertificateAction = 'modify' | 'replace' | 'delete';

export interface CertificateOperationsProps {
  readonly of: CertificateWire;
  readonly uses: readonly CertificateUse[];
  readonly onAction: (action: CertificateAction, of: CertificateWire) => void;
}

export function CertificateOperations({ of, uses, onAction }: CertificateOperationsProps) {
  const t = useMessages(certificateMessages);
  const { actions } = useMessages(shellMessages);
  if (!useCanEdit()) return null;
  const isUsed = uses.length > 0;
  const inUse = isUsed ? t.remove.inUseShort(uses.length) : '';
  const items = [
    { key: 'replace', label: t.replace.action, disabled: !isUsed, onClick: () => onAction('replace', of) },
    {
      key: 'delete',
      label: actions.delete,
      title: inUse,
      danger: true,
      onClick: () => onAction('delete', of),
    },
  ];
  return (
    <span className="operations">
      <Button type="link" size="small" onClick={() => onAction('modify', of)}>
        {t.modify}
      </Button>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.operationsOf(nameOf(of))} />
      </Dropdown>
    </span>
  );
}
