import type { LoadBalancerUpdateBody } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Form } from 'antd';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SelectField } from '../fields/select-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { subnetList } from './queries.ts';
import { useLoadBalancerEdit } from './use-load-balancer-edit.ts';

export interface AddressDrawerProps extends LoadBalancerTabProps {
  readonly onClose: () => void;
}

interface Values {
  readonly vip_subnet_cidr_id?: string;
  readonly vip_address?: string;
}

/** Another address for the listeners to answer on. */
export function AddressDrawer({ of, onClose }: AddressDrawerProps) {
  const { address: t, fields } = useMessages(loadBalancerMessages);
  const { save } = useMessages(shellMessages).actions;
  const [form] = Form.useForm<Values>();
  const edit = useLoadBalancerEdit(of, { onDone: onClose, isOpenAtOnce: true });
  const frontends = (useQuery(subnetList).data ?? []).filter((subnet) => subnet.is_frontend);
  return (
    <>
      <FormDrawer<Values>
        title={t.change}
        submitLabel={save}
        form={form}
        initialValues={valuesOf(of)}
        isBusy={edit.isRunning}
        error={edit.error}
        onSubmit={(values) => void edit.run(changeOf(of, values))}
        onClose={onClose}
      >
        <Alert type="warning" showIcon className="form-problem" title={t.effect(of.vip_address ?? '–')} />
        <SelectField
          name="vip_subnet_cidr_id"
          label={fields.subnet}
          choices={frontends.map(({ id, cidr }) => ({ value: id, label: cidr }))}
          isClearable
          placeholder={t.none}
        />
        <TextField name="vip_address" label={fields.address} help={fields.addressHelp} isMono />
      </FormDrawer>
      {edit.dialog}
    </>
  );
}

function valuesOf({ vip_subnet_cidr_id: subnet, vip_address: address }: LoadBalancerTabProps['of']): Values {
  return {
    ...(subnet === null ? {} : { vip_subnet_cidr_id: subnet }),
    ...(address === null ? {} : { vip_address: address }),
  };
}

/** Only what differs: another subnet without an address means its first free one, no subnet no address at all. */
function changeOf(of: LoadBalancerTabProps['of'], values: Values): LoadBalancerUpdateBody {
  const subnet = values.vip_subnet_cidr_id ?? null;
  const address = values.vip_address?.trim() ?? '';
  if (subnet === null && address === '') return { vip_subnet_cidr_id: null };
  const isOther = subnet !== of.vip_subnet_cidr_id;
  return {
    ...(isOther && subnet !== null ? { vip_subnet_cidr_id: subnet } : {}),
    ...(address === '' || address === of.vip_address ? {} : { vip_address: address }),
  };
}
