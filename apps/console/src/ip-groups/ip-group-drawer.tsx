import type { IpGroupWire } from '@elbow/api';
import { Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { DescriptionField } from '../fields/description-field.tsx';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { EntriesField } from './entries-field.tsx';
import { readEntries } from './entries-text.ts';
import { ipGroupMessages } from './messages.ts';

export interface IpGroupDrawerProps {
  readonly onCreated: (group: IpGroupWire) => void;
  readonly onClose: () => void;
}

interface Values {
  readonly name?: string;
  readonly description?: string;
  readonly ip_list?: string;
}

/** Makes a group, with its addresses as text. */
export function IpGroupDrawer({ onCreated, onClose }: IpGroupDrawerProps) {
  const t = useMessages(ipGroupMessages);
  const { field } = useMessages(shellMessages);
  const [form] = Form.useForm<Values>();
  const create = useWrite({
    call: ({ name = '', description = '', ip_list: text = '' }: Values) =>
      client.createIpGroup({ body: { ipgroup: { name, description, ip_list: readEntries(text).entries } } }),
    said: (_, { ipgroup }) => t.created(nameOf(ipgroup)),
    onDone: ({ ipgroup }) => onCreated(ipgroup),
  });
  return (
    <FormDrawer
      title={t.create}
      submitLabel={t.create}
      form={form}
      initialValues={{}}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={(values) => void create.run(values)}
      onClose={onClose}
    >
      <TextField name="name" label={field.name} rules={[{ max: 255 }]} placeholder="office" />
      <EntriesField />
      <DescriptionField />
    </FormDrawer>
  );
}
