import type { NewKeyAnswer } from '@elbow/api';
import { Button, Modal } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
import { systemMessages } from './messages.ts';

export interface SecretDialogProps {
  readonly made: NewKeyAnswer;
  readonly onClose: () => void;
}

/** A new pair of keys, for this one time. It goes only when somebody says that it is kept. */
export function SecretDialog({ made, onClose }: SecretDialogProps) {
  const t = useMessages(systemMessages).keys;
  return (
    <Modal
      open
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t.secretTitle}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.kept}
        </Button>
      }
    >
      {t.secretText}
      <dl className="sys-secret">
        <div>
          <dt>{t.accessKey}</dt>
          <dd>
            <CopyableId id={made.access_key} />
          </dd>
        </div>
        <div>
          <dt>{t.secretKey}</dt>
          <dd>
            <CopyableId id={made.secret_key} />
          </dd>
        </div>
      </dl>
    </Modal>
  );
}
