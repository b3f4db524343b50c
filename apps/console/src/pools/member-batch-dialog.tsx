import type { MemberWire, PoolWire } from '@elbow/api';
import { Alert, Form, InputNumber, Modal } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { useMemberChanges } from './use-member-writes.ts';

export interface MemberBatchDialogProps {
  readonly pool: PoolWire;
  readonly members: readonly MemberWire[];
  readonly field: 'weight' | 'port';
  readonly onClose: () => void;
}

const bounds = { weight: { min: 0, max: 100 }, port: { min: 1, max: 65_535 } } as const;

/** One weight or one port for several servers. */
export function MemberBatchDialog({ pool, members, field, onClose }: MemberBatchDialogProps) {
  const t = useMessages(poolMessages);
  const { actions, field: words } = useMessages(shellMessages);
  const [form] = Form.useForm<{ readonly value: number }>();
  const save = useMemberChanges(pool, { onDone: onClose });
  const submit = ({ value }: { readonly value: number }): void => {
    const change = field === 'weight' ? { weight: value } : { protocol_port: value };
    void save.run(members.map(({ id }) => ({ id, ...change })));
  };
  const [first] = members;
  const before = field === 'weight' ? Math.max(1, first?.weight ?? 1) : (first?.protocol_port ?? 80);
  return (
    <Modal
      open
      title={field === 'weight' ? t.batch.weightTitle(members.length) : t.batch.portTitle(members.length)}
      okText={t.batch.apply}
      cancelText={actions.cancel}
      okButtonProps={{ loading: save.isRunning }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{field === 'weight' ? t.batch.weightHelp : t.batch.portHelp}</p>
      <p className="cell-sub">
        {members.slice(0, 5).map(placeOf).join(', ')}
        {members.length > 5 ? ' …' : ''}
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ value: before }}
        onFinish={submit}
        validateMessages={{ required: words.required }}
      >
        <Form.Item name="value" label={t.members[field]} rules={[{ required: true }]}>
          <InputNumber className="number-field" precision={0} {...bounds[field]} />
        </Form.Item>
      </Form>
      {save.error !== null && (
        <Alert role="alert" type="error" showIcon title={<FailureText error={save.error} />} />
      )}
    </Modal>
  );
}
