import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { sessionStore } from '../../api/session.ts';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { useStore } from '../../shell/store.ts';
import { createBody } from '../form/listener-body.ts';
import { valuesOf } from '../form/listener-values.ts';
import { detailMessages } from '../texts/messages.ts';
import { ApiRequestDialog } from './api-request-dialog.tsx';
import { CopyListenerDialog } from './copy-listener-dialog.tsx';
import { DeleteListenerDialog } from './delete-listener-dialog.tsx';
import { EditListenerDrawer } from './edit-listener-drawer.tsx';
import { useListenerFacts } from './listener-facts.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';

type Opened = 'edit' | 'copy' | 'remove' | 'request' | null;

export function ListenerActions({ of }: ListenerTabProps) {
  const t = useMessages(detailMessages);
  const { actions } = useMessages(shellMessages);
  const canEdit = useCanEdit();
  const [opened, open] = useState<Opened>(null);
  const close = (): void => open(null);
  const request = { key: 'request', label: t.apiRequest, onClick: () => open('request') };
  const items = canEdit
    ? [
        { key: 'copy', label: t.copy, onClick: () => open('copy') },
        request,
        { key: 'delete', label: t.remove, danger: true, onClick: () => open('remove') },
      ]
    : [request];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button>{actions.more}</Button>
      </Dropdown>
      {canEdit && (
        <Button type="primary" onClick={() => open('edit')}>
          {t.edit}
        </Button>
      )}
      {opened === 'edit' && <EditListenerDrawer of={of} onClose={close} />}
      {opened === 'copy' && <CopyListenerDialog of={of} onClose={close} />}
      {opened === 'remove' && <Removal of={of} onClose={close} />}
      {opened === 'request' && <Request of={of} onClose={close} />}
    </>
  );
}

interface OpenedProps extends ListenerTabProps {
  readonly onClose: () => void;
}

function Removal({ of, onClose }: OpenedProps) {
  const { onGone } = useListenerFacts();
  return <DeleteListenerDialog of={of} onClose={onClose} onDeleted={() => onGone?.()} />;
}

/** The call that would make this very listener. */
function Request({ of, onClose }: OpenedProps) {
  const { loadBalancer } = useListenerFacts();
  const project = useStore(sessionStore)?.projectId ?? '{project_id}';
  const listener = { ...createBody(valuesOf(of), loadBalancer.id), default_pool_id: of.default_pool_id };
  return (
    <ApiRequestDialog
      method="POST"
      path={`/v3/${project}/elb/listeners`}
      body={{ listener }}
      onClose={onClose}
    />
  );
}
