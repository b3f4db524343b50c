import type { KeyWire } from '@elbow/api';
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Switch, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import type { KeyCalls } from './key-calls.ts';
import { systemMessages } from './messages.ts';

export interface KeyTableProps {
  readonly keys: readonly KeyWire[];
  readonly calls: KeyCalls;
}

export function KeyTable({ keys, calls }: KeyTableProps) {
  const t = useMessages(systemMessages).keys;
  const { failure } = useMessages(shellMessages);
  const [removing, setRemoving] = useState<KeyWire | null>(null);
  const update = useWrite({
    call: ({ access_key: key, enabled }: KeyWire) => calls.update(key, !enabled),
    said: (_, { key }) => t.saved(key.access_key),
  });
  const columns = useColumns({
    isBusy: update.isRunning,
    onSwitch: (key) => void update.run(key),
    onRemove: setRemoving,
  });
  return (
    <>
      {update.error !== null && <FailurePanel error={update.error} title={failure.notSaved} />}
      <Table
        rowKey="access_key"
        size="small"
        className="sys-keys"
        columns={columns}
        dataSource={keys}
        pagination={false}
        locale={{ emptyText: <span className="sys-none">{t.none}</span> }}
      />
      {removing !== null && <DeleteKeyDialog of={removing} calls={calls} onClose={() => setRemoving(null)} />}
    </>
  );
}

interface KeyWork {
  readonly isBusy: boolean;
  readonly onSwitch: (key: KeyWire) => void;
  readonly onRemove: (key: KeyWire) => void;
}

function useColumns({ isBusy, onSwitch, onRemove }: KeyWork): TableColumnsType<KeyWire> {
  const t = useMessages(systemMessages).keys;
  return [
    {
      title: t.accessKey,
      key: 'key',
      render: (_, { access_key: key, description, created_at: created }) => (
        <>
          <code>{key}</code>
          {description !== '' && <span className="cell-plain">{description}</span>}
          <span className="cell-sub">
            <TimeText iso={created} />
          </span>
        </>
      ),
    },
    {
      title: t.state,
      key: 'state',
      render: (_, key) => (
        <Switch
          size="small"
          checked={key.enabled}
          loading={isBusy}
          aria-label={(key.enabled ? t.switchOff : t.switchOn)(key.access_key)}
          onChange={() => onSwitch(key)}
        />
      ),
    },
    {
      title: t.operations,
      key: 'operations',
      align: 'right',
      render: (_, key) => (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t.removeOf(key.access_key)}
          onClick={() => onRemove(key)}
        />
      ),
    },
  ];
}

interface DeleteKeyDialogProps {
  readonly of: KeyWire;
  readonly calls: KeyCalls;
  readonly onClose: () => void;
}

function DeleteKeyDialog({ of, calls, onClose }: DeleteKeyDialogProps) {
  const t = useMessages(systemMessages).keys;
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: () => calls.remove(of.access_key),
    said: () => t.deleted(of.access_key),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t.removeTitle(of.access_key)}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      onOk={() => void remove.run(null)}
      onClose={onClose}
    >
      {t.removeEffect}
    </ConfirmDialog>
  );
}
