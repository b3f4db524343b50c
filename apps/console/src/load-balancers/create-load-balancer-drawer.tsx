import type { LoadBalancerCreateBody } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useEffect } from 'react';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { DescriptionField } from '../fields/description-field.tsx';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TagsField } from '../fields/tags-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { AddressFields, FlavorFields, ZonesField } from './create-fields.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';
import { zoneList } from './queries.ts';

export interface CreateLoadBalancerDrawerProps {
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

const initialValues: Partial<LoadBalancerCreateBody> = {
  ip_target_enable: true,
  deletion_protection_enable: false,
  tags: [],
};

/** Everything that can be said of a new load balancer; what is left empty the server chooses. */
export function CreateLoadBalancerDrawer({ onClose, onCreated }: CreateLoadBalancerDrawerProps) {
  const t = useMessages(loadBalancerMessages);
  const { field } = useMessages(shellMessages);
  const [form] = Form.useForm<LoadBalancerCreateBody>();
  const zones = useQuery(zoneList).data;
  const create = useCreation(onCreated);
  useEffect(() => {
    if (zones !== undefined && !form.isFieldTouched('availability_zone_list'))
      form.setFieldsValue({ availability_zone_list: [...zones] });
  }, [form, zones]);
  return (
    <FormDrawer
      title={t.create}
      submitLabel={t.create}
      form={form}
      initialValues={initialValues}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={(values) => void create.run(withoutEmpty(values))}
      onClose={onClose}
    >
      <TextField name="name" label={field.name} rules={[{ max: 255 }]} placeholder="lb-web" />
      <ZonesField />
      <AddressFields />
      <FlavorFields />
      <SwitchField name="ip_target_enable" label={t.fields.ipTarget} help={t.fields.ipTargetHelp} />
      <SwitchField
        name="deletion_protection_enable"
        label={t.fields.deletionProtection}
        help={t.fields.deletionProtectionHelp}
      />
      <TagsField />
      <DescriptionField />
    </FormDrawer>
  );
}

function useCreation(onCreated: (id: string) => void) {
  const t = useMessages(loadBalancerMessages);
  return useWrite({
    call: (loadbalancer: LoadBalancerCreateBody) => client.createLoadBalancer({ body: { loadbalancer } }),
    said: (_, { loadbalancer }) => t.created(nameOf(loadbalancer)),
    concerns: (_, { loadbalancer }) => [loadbalancer.id],
    onDone: ({ loadbalancer }) => onCreated(loadbalancer.id),
  });
}

/** What was left empty is not said at all: the server has a default for it. */
function withoutEmpty(values: LoadBalancerCreateBody): LoadBalancerCreateBody {
  const said = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as unknown as LoadBalancerCreateBody;
}
