import { LockOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { type ReactNode, useId } from 'react';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { detailMessages } from '../texts/messages.ts';

export interface FactSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Facts that belong together. */
export function FactSection({ title, children }: FactSectionProps) {
  const id = useId();
  return (
    <section className="facts" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

export interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
  /** It never changes. */
  readonly isFixed?: boolean;
  /** Opens what it is changed with. */
  readonly onEdit?: () => void;
  /** Default: Configure. */
  readonly editLabel?: string;
}

export function Fact({ label, children, isFixed = false, onEdit, editLabel }: FactProps) {
  const t = useMessages(detailMessages);
  const { configure } = useMessages(shellMessages).actions;
  const canEdit = useCanEdit();
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        <span className="fact-value">{children}</span>
        {isFixed && (
          <Tooltip title={t.fixedHint}>
            <span className="fact-fixed" tabIndex={0}>
              <LockOutlined /> {t.fixed}
            </span>
          </Tooltip>
        )}
        {onEdit !== undefined && canEdit && (
          <Button
            type="link"
            size="small"
            aria-label={`${editLabel ?? configure}: ${label}`}
            onClick={onEdit}
          >
            {editLabel ?? configure}
          </Button>
        )}
      </dd>
    </div>
  );
}
