import { parseHealthMonitorCreate } from '@elbow/api';
import { Form } from 'antd';
import { useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { complaintsAbout } from '../../fields/server-rules.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { FormSection } from '../form/form-section.tsx';
import { formMessages, wizardMessages } from '../texts/messages.ts';
import { monitorBody } from './compose-body.ts';
import { memberProblems } from './member-lines.ts';
import { MembersTable } from './members-table.tsx';
import { MonitorFields } from './monitor-fields.tsx';
import { PasteMembers } from './paste-members.tsx';
import { ProblemList } from './problem-list.tsx';
import { asFieldError, type StepGate, type StepProps, useFormGate } from './step-gate.ts';
import type { MemberRow, MonitorValues } from './wizard-draft.ts';

const anId = '00000000-0000-0000-0000-000000000000';

/** Step 3: the servers of the new group, and who looks after them. */
export function StepMembers({ draft, onChange, ref, complaints }: StepProps) {
  const t = useMessages(wizardMessages).members;
  const { packetFilters } = useMessages(formMessages);
  const [form] = Form.useForm();
  const [isChecked, setChecked] = useState(false);
  const judge = useCallback(() => {
    const values = form.getFieldsValue(true) as MonitorValues;
    if (!values.isOn) return [];
    const body = { ...monitorBody(values), pool_id: anId };
    return complaintsAbout(parseHealthMonitorCreate, 'healthmonitor', body);
  }, [form]);
  const gate = useRef<StepGate>(null);
  const { problems, refresh, refuse } = useFormGate({ form, ref: gate, judge });
  const check = useCallback(async (): Promise<boolean> => {
    setChecked(true);
    const isMonitorFine = (await gate.current?.check()) ?? false;
    return isMonitorFine && memberProblems(draft.members).size === 0;
  }, [draft.members]);
  useImperativeHandle(ref, () => ({ check }), [check]);
  useEffect(() => {
    const mine = complaints
      .filter(({ field }) => field.startsWith('healthmonitor.'))
      .map(({ field, reason }) => asFieldError({ field: field.replace(/^healthmonitor\./, ''), reason }));
    if (mine.length === 0) return;
    form.setFields(mine);
    refuse(mine);
  }, [complaints, form, refuse]);
  const [initialValues] = useState(draft.monitor);
  const setMembers = (members: readonly MemberRow[]): void => onChange({ members });
  return (
    <>
      <FormSection title={t.title} text={t.text}>
        <div data-field="servers">
          <PasteMembers rows={draft.members} onChange={setMembers} />
          <MembersTable
            rows={draft.members}
            monitor={draft.monitor}
            isChecked={isChecked}
            complaints={complaints}
            onChange={setMembers}
          />
          <p className="lf-soft">{packetFilters}</p>
        </div>
      </FormSection>
      <Form
        name="healthmonitor"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onValuesChange={() => onChange({ monitor: form.getFieldsValue(true) as MonitorValues })}
        onFieldsChange={refresh}
      >
        <ProblemList form={form} of="healthmonitor" problems={problems} />
        <MonitorFields poolProtocol={draft.pool.protocol} />
      </Form>
    </>
  );
}
