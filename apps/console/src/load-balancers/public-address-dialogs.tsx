import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SelectField } from '../fields/select-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { nameOf } from './load-balancer-status.ts';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { publicIpList } from './queries.ts';

export interface BindDialogProps extends LoadBalancerTabProps {
  readonly onClose: () => void;
}

interface Values {
  readonly publicip_id: string;
}

/** Gives the load balancer one of the free public addresses. */
export function BindDialog({ of, onClose }: BindDialogProps) {
  const t = useMessages(loadBalancerMessages).publicAddress;
  const [form] = Form.useForm<Values>();
  const free = (useQuery(publicIpList).data ?? []).filter((one) => !one.is_in_use);
  const bind = useWrite({
    call: ({ publicip_id: id }: Values) => change(id, of.id),
    said: (_, { publicip }) => t.bound(publicip.address, nameOf(of)),
    concerns: () => [of.id],
    onDone: onClose,
  });
  return (
    <FormDrawer<Values>
      title={t.bind}
      submitLabel={t.bind}
      form={form}
      initialValues={{}}
      isBusy={bind.isRunning}
      error={bind.error}
      onSubmit={(values) => void bind.run(values)}
      onClose={onClose}
    >
      <SelectField
        name="publicip_id"
        label={t.label}
        help={free.length === 0 ? t.noneFree : t.help}
        choices={free.map(({ id, address }) => ({ value: id, label: address }))}
        isRequired
      />
    </FormDrawer>
  );
}

export interface ReleaseDialogProps extends BindDialogProps {
  readonly id: string;
  readonly address: string;
}

export function ReleaseDialog({ of, id, address, onClose }: ReleaseDialogProps) {
  const t = useMessages(loadBalancerMessages).publicAddress;
  const release = useWrite<null, unknown>({
    call: () => change(id, null),
    said: () => t.released(address),
    concerns: () => [of.id],
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t.releaseTitle(address)}
      okLabel={t.release}
      isBusy={release.isRunning}
      error={release.error}
      onOk={() => void release.run(null)}
      onClose={onClose}
    >
      <p>{t.releaseEffect}</p>
    </ConfirmDialog>
  );
}

function change(id: string, loadBalancerId: string | null) {
  const publicip = { loadbalancer_id: loadBalancerId };
  return client.updatePublicIp({ params: { publicip_id: id }, body: { publicip } });
}
