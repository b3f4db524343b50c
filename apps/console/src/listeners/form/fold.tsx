import { RightOutlined } from '@ant-design/icons';
import { type ReactNode, useId } from 'react';

export interface FoldProps {
  readonly title: string;
  readonly note: string;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** Fields that most people leave alone. Folded they are there all the same, so that the form knows them. */
export function Fold({ title, note, isOpen, onToggle, children }: FoldProps) {
  const id = useId();
  return (
    <div className="lf-fold">
      <button
        type="button"
        className="lf-fold-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => onToggle(!isOpen)}
      >
        <RightOutlined className={isOpen ? 'lf-fold-arrow lf-fold-arrow-open' : 'lf-fold-arrow'} />
        <span className="lf-fold-title">{title}</span>
        <span className="lf-soft">{note}</span>
      </button>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
