import type { PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import type { Ref } from 'react';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SelectField } from '../fields/select-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { subnetList } from '../load-balancers/queries.ts';
import { problemTexts, readMembers } from './member-lines.ts';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { membersOf } from './queries.ts';
import { useMemberAddition } from './use-member-writes.ts';

export interface AddMembersDrawerProps {
  readonly pool: PoolWire;
  readonly onClose: () => void;
}

interface Values {
  readonly text?: string;
  readonly subnet_cidr_id?: string;
}

/** Adds one server or many, a line each. */
export function AddMembersDrawer({ pool, onClose }: AddMembersDrawerProps) {
  const t = useMessages(poolMessages);
  const [form] = Form.useForm<Values>();
  const add = useMemberAddition(pool, onClose);
  // What is in the group already is said while it is typed, and a group has few enough to know them all.
  const all = useQuery(membersOf(pool.id)).data ?? [];
  const known = new Set(all.map(placeOf));
  const validator = async (_: unknown, text = ''): Promise<void> => {
    const read = readMembers(text, known);
    const problems = problemTexts(read, all.length, t);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (read.members.length === 0) throw new Error(t.add.required);
  };
  const submit = ({ text = '', subnet_cidr_id: subnet }: Values): void => {
    const place = subnet === undefined ? {} : { subnet_cidr_id: subnet };
    void add.run(readMembers(text, known).members.map((member) => ({ ...member, ...place })));
  };
  return (
    <FormDrawer
      title={t.add.title}
      submitLabel={t.add.submit}
      form={form}
      initialValues={{}}
      isBusy={add.isRunning}
      error={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="text"
        label={t.add.text}
        extra={t.add.help}
        rules={[{ validator }]}
        validateTrigger="onBlur"
        className="member-lines"
        required
      >
        <LinesInput known={known} />
      </Form.Item>
      {pool.type !== 'ip' && <SubnetField isRequired={pool.type === 'instance'} />}
    </FormDrawer>
  );
}

function SubnetField({ isRequired }: { readonly isRequired: boolean }) {
  const { add: t } = useMessages(poolMessages);
  const subnets = useQuery(subnetList);
  return (
    <SelectField
      name="subnet_cidr_id"
      label={t.subnet}
      help={t.subnetHelp}
      isRequired={isRequired}
      isClearable={!isRequired}
      placeholder={isRequired ? '' : t.subnetNone}
      isLoading={subnets.isPending}
      choices={(subnets.data ?? []).map(({ id, cidr }) => ({ value: id, label: cidr }))}
    />
  );
}

interface LinesInputProps {
  readonly ref?: Ref<TextAreaRef>;
  /** The rest comes from the form field around it. */
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (text: string) => void;
  readonly onBlur?: () => void;
  readonly known: ReadonlySet<string>;
}

function LinesInput({ ref, id, value = '', onChange, onBlur, known }: LinesInputProps) {
  const { add: t } = useMessages(poolMessages);
  const { members } = readMembers(value, known);
  const weightless = members.filter(({ weight }) => weight === 0).length;
  return (
    <>
      <Input.TextArea
        ref={ref ?? null}
        className="mono member-text"
        rows={9}
        spellCheck={false}
        autoComplete="off"
        placeholder={t.placeholder}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
        onBlur={() => onBlur?.()}
        {...(id === undefined ? {} : { id })}
      />
      <div className="member-count" role="status">
        <span>{t.count(members.length)}</span>
        {weightless > 0 && <span>{t.weightless(weightless)}</span>}
      </div>
    </>
  );
}
