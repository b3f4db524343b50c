import type { LoadBalancerUpdateBody } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SelectField } from '../fields/select-field.tsx';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { subnetList } from './queries.ts';
import { useLoadBalancerEdit } from './use-load-balancer-edit.ts';

export interface AddSubnetDrawerProps extends LoadBalancerTabProps {
  readonly onClose: () => void;
}

interface Values {
  readonly elb_virsubnet_ids: readonly string[];
}

/** Gives the load balancer one more network to speak from. */
export function AddSubnetDrawer({ of, onClose }: AddSubnetDrawerProps) {
  const { subnets: t, fields } = useMessages(loadBalancerMessages);
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const edit = useLoadBalancerEdit(of, { onDone: onClose, isOpenAtOnce: true });
  const known = useQuery(subnetList).data ?? [];
  const others = known.filter((one) => one.is_backend && !of.elb_virsubnet_ids.includes(one.network_id));
  const choices = others.map(({ network_id: value, cidr, free, total }) => {
    return { value, label: `${cidr}: ${t.free(format.number(free), format.number(total))}` };
  });
  const submit = ({ elb_virsubnet_ids: added }: Values): void => {
    const change: LoadBalancerUpdateBody = { elb_virsubnet_ids: [...of.elb_virsubnet_ids, ...added] };
    void edit.run(change);
  };
  return (
    <>
      <FormDrawer<Values>
        title={t.add}
        submitLabel={t.add}
        form={form}
        initialValues={{}}
        isBusy={edit.isRunning}
        error={edit.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <SelectField
          name="elb_virsubnet_ids"
          label={fields.backendSubnets}
          help={fields.backendSubnetsHelp}
          choices={choices}
          isMultiple
          isRequired
        />
      </FormDrawer>
      {edit.dialog}
    </>
  );
}
