import type { ExplainAnswer } from '@elbow/api';
import { CopyOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Checkbox, Tooltip } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { ActionWords } from './action-words.tsx';
import { policyMessages } from './messages.ts';
import { RuleWords } from './rule-words.tsx';
import { TriedBadge } from './tried-badge.tsx';
import { outcomeOf, traceOf } from './tried-policy.ts';
import { WhyNot } from './why-not.tsx';
import type { WholePolicy } from './whole-policy.ts';

export interface PolicyCardProps {
  readonly policy: WholePolicy;
  readonly number: number;
  /** An earlier policy that leaves nothing for this one. */
  readonly shadow: WholePolicy | null;
  readonly explanation: ExplainAnswer | null;
  readonly canEdit: boolean;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
  readonly onEdit: (policy: WholePolicy) => void;
  readonly onCopy: (policy: WholePolicy) => void;
  readonly onDelete: (policy: WholePolicy) => void;
}

/** One policy: its place, its conditions and what it does, in words. */
export function PolicyCard(props: PolicyCardProps) {
  const { policy, number, shadow, explanation } = props;
  const t = useMessages(policyMessages);
  const { select } = useMessages(shellMessages).list;
  const outcome = outcomeOf(explanation, policy.id);
  const name = policy.name === '' ? t.position(number) : policy.name;
  return (
    <article className={`pol-card pol-card-${outcome}`} aria-label={name}>
      <span className="pol-number" aria-label={t.position(number)} role="img">
        {number}
      </span>
      <header className="pol-head">
        {props.canEdit && (
          <Checkbox checked={props.isSelected} aria-label={select(name)} onChange={props.onToggle} />
        )}
        <h3>{name}</h3>
        {shadow !== null && <Shadowed by={shadow} />}
        <TriedBadge outcome={outcome} />
        {props.canEdit && <CardButtons {...props} name={name} />}
      </header>
      {policy.description !== '' && <p className="pol-description">{policy.description}</p>}
      <div className="pol-body">
        <section>
          <h4>{t.ifAll}</h4>
          <RuleWords rules={policy.rules} />
        </section>
        <section>
          <h4>{t.thenTitle}</h4>
          <ActionWords policy={policy} />
        </section>
      </div>
      {outcome === 'loses' && <WhyNot trace={traceOf(explanation, policy.id)} />}
    </article>
  );
}

function Shadowed({ by }: { readonly by: WholePolicy }) {
  const t = useMessages(policyMessages);
  return (
    <Tooltip title={t.shadowed(by.name === '' ? by.id : by.name)}>
      <span tabIndex={0}>
        <StatusText tone="bad">{t.shadowedTag}</StatusText>
      </span>
    </Tooltip>
  );
}

function CardButtons({
  policy,
  name,
  onEdit,
  onCopy,
  onDelete,
}: PolicyCardProps & { readonly name: string }) {
  const t = useMessages(policyMessages);
  const buttons = [
    { label: t.editNamed(name), icon: <EditOutlined />, onClick: () => onEdit(policy) },
    { label: t.copyNamed(name), icon: <CopyOutlined />, onClick: () => onCopy(policy) },
    { label: t.deleteNamed(name), icon: <DeleteOutlined />, onClick: () => onDelete(policy) },
  ];
  return (
    <span className="pol-buttons">
      {buttons.map(({ label, icon, onClick }) => (
        <Tooltip key={label} title={label}>
          <Button type="text" size="small" icon={icon} aria-label={label} onClick={onClick} />
        </Tooltip>
      ))}
    </span>
  );
}
