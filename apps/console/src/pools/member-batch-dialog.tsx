import { Form, InputNumber, Modal } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkFailures } from '../shell/bulk-failures.tsx';
import { shellMessages } from '../shell/messages.ts';
import type { MembersDialogProps } from './drain-dialog.tsx';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { useMemberBulk } from './use-member-bulk.ts';
import { useMemberChanges } from './use-member-writes.ts';

export interface MemberBatchDialogProps extends MembersDialogProps {
  readonly field: 'weight' | 'port';
}

const bounds = { weight: { min: 0, max: 100 }, port: { min: 1, max: 65_535 } } as const;

/** One weight or one port for several servers. */
export function MemberBatchDialog(props: MemberBatchDialogProps) {
  const { pool, members, field } = props;
  const t = useMessages(poolMessages);
  const { actions, field: words } = useMessages(shellMessages);
  const [form] = Form.useForm<{ readonly value: number }>();
  const typed = Form.useWatch('value', form);
  const change = field === 'weight' ? { weight: typed ?? 0 } : { protocol_port: typed ?? 0 };
  const save = useMemberBulk(useMemberChanges({ pool, said: t.batch.saved }, change), props);
  const [first] = members;
  const before = field === 'weight' ? Math.max(1, first?.weight ?? 1) : (first?.protocol_port ?? 80);
  return (
    <Modal
      open
      title={field === 'weight' ? t.batch.weightTitle(members.length) : t.batch.portTitle(members.length)}
      okText={t.batch.apply}
      cancelText={actions.cancel}
      okButtonProps={{ loading: save.bulk.isRunning }}
      onOk={() => form.submit()}
      onCancel={save.close}
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
        onFinish={save.start}
        validateMessages={{ required: words.required }}
      >
        <Form.Item name="value" label={t.members[field]} rules={[{ required: true }]}>
          <InputNumber className="number-field" precision={0} {...bounds[field]} />
        </Form.Item>
      </Form>
      <BulkFailures bulk={save.bulk} nameOf={placeOf} />
    </Modal>
  );
}
