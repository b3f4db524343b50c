import type { FlavorWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form } from 'antd';
import { SelectField } from '../fields/select-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { type Format, useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { shortName } from './flavor-cell.tsx';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';
import { flavorList, subnetList, zoneList } from './queries.ts';

export function ZonesField() {
  const { fields: t } = useMessages(loadBalancerMessages);
  const { required } = useMessages(shellMessages).field;
  const zones = useQuery(zoneList).data ?? [];
  // A group of boxes has no attribute that says it must not be empty, so the rule is not `required`.
  const rules = [{ type: 'array' as const, min: 1, message: required }];
  return (
    <Form.Item label={t.zones} extra={t.zonesHelp} required>
      <Form.Item name="availability_zone_list" rules={rules} noStyle>
        <Checkbox.Group options={[...zones]} />
      </Form.Item>
    </Form.Item>
  );
}

export function AddressFields() {
  const { fields: t } = useMessages(loadBalancerMessages);
  const subnets = useQuery(subnetList);
  const known = subnets.data ?? [];
  return (
    <>
      <SelectField
        name="vip_subnet_cidr_id"
        label={t.subnet}
        choices={known.map(({ id, cidr }) => ({ value: id, label: cidr }))}
        isLoading={subnets.isPending}
        isClearable
        placeholder={t.subnetAuto}
      />
      <TextField
        name="vip_address"
        label={t.address}
        help={t.addressHelp}
        placeholder={t.addressAuto}
        isMono
      />
      <SelectField
        name="elb_virsubnet_ids"
        label={t.backendSubnets}
        help={t.backendSubnetsHelp}
        choices={known.map(({ network_id, cidr }) => ({ value: network_id, label: cidr }))}
        isLoading={subnets.isPending}
        isMultiple
        placeholder={t.backendSubnetsAuto}
      />
    </>
  );
}

export function FlavorFields() {
  const t = useMessages(loadBalancerMessages);
  const format = useFormat();
  const flavors = useQuery(flavorList);
  const choices = (type: string) => flavorChoices(flavors.data ?? [], { type, t, format });
  const shared = { isLoading: flavors.isPending, isClearable: true, placeholder: t.unlimited };
  return (
    <>
      <SelectField
        name="l7_flavor_id"
        label={t.fields.l7}
        help={t.fields.l7Help}
        choices={choices('L7')}
        {...shared}
      />
      <SelectField name="l4_flavor_id" label={t.fields.l4} choices={choices('L4')} {...shared} />
    </>
  );
}

interface FlavorChoiceContext {
  /** `L7` stands for its elastic kind too. */
  readonly type: string;
  readonly t: LoadBalancerMessages;
  readonly format: Format;
}

export function flavorChoices(flavors: readonly FlavorWire[], { type, t, format }: FlavorChoiceContext) {
  return flavors
    .filter((flavor) => flavor.type.startsWith(type))
    .map(({ id, name, info }) => {
      const caps = t.fields.caps(format.number(info.connection), format.number(info.cps));
      return { value: id, label: `${shortName(name)}: ${caps}` };
    });
}
