import { Form, Select } from 'antd';
import { useByIds } from '../../api/use-by-ids.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { ipGroupById } from '../../load-balancers/named-queries.ts';
import { formMessages } from '../texts/messages.ts';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import { IpGroupSelect } from './ip-group-select.tsx';
import { useListenerForm } from './listener-form-context.ts';
import type { ListenerValues } from './listener-values.ts';
import { SwitchRow } from './switch-row.tsx';
import { useLacking } from './use-lacking.ts';

/** Who may connect, and what backend servers learn of them. */
export function AccessFields() {
  const t = useMessages(formMessages);
  const { isNew } = useListenerForm();
  const isAdvanced = Form.useWatch<boolean>('enhance_l7policy_enable');
  const lacking = useLacking()('advanced_forwarding')?.row ?? null;
  return (
    <FormSection title={t.section.access} text={t.sectionText.access}>
      <AccessControlFields />
      <SwitchRow field="clientIp" text={t.clientIpText} />
      <SwitchRow
        field="advancedForwarding"
        name="enhance_l7policy_enable"
        text={t.advancedForwardingText}
        isDisabled={lacking !== null && isAdvanced !== true}
        reason={lacking ?? (isNew && isAdvanced !== true ? null : t.oneWayStreet)}
      />
    </FormSection>
  );
}

const types = ['all', 'white', 'black'] as const;

/** The list and its groups, also in the dialog of a listener that exists. */
export function AccessControlFields() {
  const t = useMessages(formMessages);
  const { remarksOn } = useListenerForm();
  const access = Form.useWatch<ListenerValues['ipgroup'] | undefined>('ipgroup');
  const options = types.map((value) => ({ value, label: t.access[value] }));
  const emptyRemarks = useEmptyRemarks(access);
  const isListed = access !== undefined && access.type !== 'all';
  return (
    <>
      <FieldRow field="access" name={['ipgroup', 'type']}>
        <Select options={options} />
      </FieldRow>
      {isListed && (
        <FieldRow
          field="ipGroup"
          name={['ipgroup', 'ipgroup_id']}
          rules={[{ required: true, type: 'array', min: 1, message: t.complaint.ipGroup }]}
          remarks={[...emptyRemarks, ...remarksOn('ipgroup')]}
        >
          <IpGroupSelect />
        </FieldRow>
      )}
    </>
  );
}

/** An empty list is allowed and hardly ever meant. */
function useEmptyRemarks(access: ListenerValues['ipgroup'] | undefined): readonly string[] {
  const { remark } = useMessages(formMessages);
  const chosen = useByIds(ipGroupById, access?.ipgroup_id ?? []);
  const isEmpty = chosen.length > 0 && chosen.every(({ ip_count: count }) => count === 0);
  if (!isEmpty) return [];
  return [access?.type === 'white' ? remark.whitelistEmpty : remark.blacklistEmpty];
}
