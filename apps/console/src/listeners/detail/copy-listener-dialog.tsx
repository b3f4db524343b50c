import { Form, Input, InputNumber, Modal } from 'antd';
import { useNavigate } from 'react-router';
import { client } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { FormProblem } from '../../fields/form-problem.tsx';
import { SwitchField } from '../../fields/switch-field.tsx';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../../shell/messages.ts';
import { judgedBy } from '../form/server-judge.ts';
import { freePort } from '../form/usual-port.ts';
import { detailMessages, formMessages } from '../texts/messages.ts';
import { useListenerFacts } from './listener-facts.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';

interface CopyValues {
  readonly protocol_port: number;
  readonly name: string;
  readonly reuse_pool: boolean;
}

export interface CopyListenerDialogProps extends ListenerTabProps {
  readonly onClose: () => void;
}

/** The same listener on another port. */
export function CopyListenerDialog({ of, onClose }: CopyListenerDialogProps) {
  const t = useMessages(detailMessages).copyDialog;
  const { complaint } = useMessages(formMessages);
  const { cancel } = useMessages(shellMessages).actions;
  const { siblings, capabilities } = useListenerFacts();
  const [form] = Form.useForm<CopyValues>();
  const copy = useCopy(of, onClose);
  const all = [of, ...siblings];
  const isFree = async (_: unknown, port: number | null): Promise<void> => {
    const holder = all.find(({ protocol_port: used }) => used === port);
    if (port !== null && holder !== undefined) throw new Error(complaint.portTaken(port, nameOf(holder)));
    if (port !== null && port < capabilities.lowest_port)
      throw new Error(complaint.portTooLow(capabilities.lowest_port));
  };
  const initialValues = {
    name: `${of.name}${of.name === '' ? '' : t.suffix}`,
    protocol_port: freePort(of.protocol, all, capabilities),
    reuse_pool: true,
  };
  return (
    <Modal
      open
      title={t.title(nameOf(of))}
      okText={t.ok}
      cancelText={cancel}
      confirmLoading={copy.isRunning}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        name="copy"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onFinish={(values) => void copy.run(values)}
      >
        <p className="lf-soft">{t.text}</p>
        <FormProblem form={form} error={copy.error} />
        <Form.Item
          name="protocol_port"
          label={t.port}
          rules={[judgedBy('listener', ['protocol_port'], complaint.port), { validator: isFree }]}
        >
          <InputNumber className="number-field" controls={false} />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={[judgedBy('listener', ['name'], complaint.name)]}>
          <Input autoComplete="off" />
        </Form.Item>
        {of.default_pool_id !== null && <SwitchField name="reuse_pool" label={t.reuse} help={t.reuseText} />}
      </Form>
    </Modal>
  );
}

function useCopy(of: ListenerTabProps['of'], onClose: () => void) {
  const t = useMessages(detailMessages);
  const navigate = useNavigate();
  const { loadBalancer } = useListenerFacts();
  return useWrite({
    call: (values: CopyValues) =>
      client.cloneListener({
        params: { listener_id: of.id },
        body: { target_listener_params: [{ loadbalancer_id: loadBalancer.id, ...values }] },
      }),
    said: ({ name }) => t.copied(name),
    concerns: (_, { listener_list: copies }) => copies.map(({ id }) => id),
    onDone: ({ listener_list: [made] }) => {
      onClose();
      if (made !== undefined) void navigate(`/listeners/${made.id}/summary`);
    },
  });
}
