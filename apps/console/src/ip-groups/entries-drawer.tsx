import type { IpGroupWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { EntriesField } from './entries-field.tsx';
import { readEntries, writeEntries } from './entries-text.ts';
import { ipGroupMessages } from './messages.ts';
import { useIpGroupChange } from './use-ip-group-change.ts';

export interface EntriesDrawerProps {
  readonly of: IpGroupWire;
  /** `all` takes the place of what is there, `more` comes behind it. */
  readonly mode: 'all' | 'more';
  readonly onClose: () => void;
}

interface Values {
  readonly ip_list?: string;
}

/** Addresses of a group as text. */
export function EntriesDrawer({ of, mode, onClose }: EntriesDrawerProps) {
  const t = useMessages(ipGroupMessages);
  const [form] = Form.useForm<Values>();
  // The page goes on looking; the form stays with what it was opened on.
  const [opened] = useState(of);
  const save = useIpGroupChange(opened, { onDone: onClose, isOpenAtOnce: true });
  const submit = ({ ip_list: text = '' }: Values): void => {
    const before = mode === 'all' ? [] : opened.ip_list;
    const all = readEntries(writeEntries([...before, ...readEntries(text).entries]));
    void save.run({ ip_list: all.entries });
  };
  const title = mode === 'all' ? t.addresses.changeAll : t.addresses.add;
  return (
    <>
      <FormDrawer
        title={title}
        submitLabel={mode === 'all' ? t.save : t.addresses.add}
        form={form}
        initialValues={{ ip_list: mode === 'all' ? writeEntries(opened.ip_list) : '' }}
        isBusy={save.isRunning}
        error={save.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <Alert type="info" showIcon className="ipg-effect" title={t.effect(of.listeners.length)} />
        <EntriesField rows={18} />
      </FormDrawer>
      {save.dialog}
    </>
  );
}
