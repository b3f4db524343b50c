import type { IpGroupCreateBody, IpGroupWire } from '@elbow/api';
import { Form, Input } from 'antd';
import { client } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDrawer } from '../../fields/form-drawer.tsx';
import { TextField } from '../../fields/text-field.tsx';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../../shell/messages.ts';
import { formMessages, inPlaceMessages } from '../texts/messages.ts';

interface GroupValues {
  readonly name: string;
  readonly ip_list: string;
}

export interface IpGroupDrawerProps {
  readonly onCreated: (group: IpGroupWire) => void;
  readonly onClose: () => void;
}

/** A group of addresses, made without leaving the listener. */
export function IpGroupDrawer({ onCreated, onClose }: IpGroupDrawerProps) {
  const t = useMessages(inPlaceMessages);
  const { createGroup } = useMessages(formMessages);
  const { actions, field } = useMessages(shellMessages);
  const [form] = Form.useForm<GroupValues>();
  const create = useWrite({
    call: (ipgroup: IpGroupCreateBody) => client.createIpGroup({ body: { ipgroup } }),
    said: (_, { ipgroup }) => t.groupCreated(nameOf(ipgroup)),
    onDone: ({ ipgroup }) => onCreated(ipgroup),
  });
  return (
    <FormDrawer
      title={createGroup}
      submitLabel={actions.create}
      form={form}
      initialValues={{ name: '', ip_list: '' }}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={({ name, ip_list: text }) => void create.run({ name, ip_list: entriesOf(text) })}
      onClose={onClose}
    >
      <TextField name="name" label={field.name} rules={[{ max: 255 }]} />
      <Form.Item name="ip_list" label={t.entries} extra={t.entriesHint}>
        <Input.TextArea className="mono" autoSize={{ minRows: 6, maxRows: 20 }} spellCheck={false} />
      </Form.Item>
    </FormDrawer>
  );
}

/** `address | remark`, one on each line. */
function entriesOf(text: string): IpGroupCreateBody['ip_list'] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter(([ip]) => ip !== '')
    .map(([ip = '', description = '']) => ({ ip, description }));
}
