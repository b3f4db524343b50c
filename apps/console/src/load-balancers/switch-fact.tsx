import { Switch } from 'antd';
import { useId } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';

export interface SwitchFactProps {
  readonly label: string;
  readonly help: string;
  readonly isOn: boolean;
  readonly isBusy: boolean;
  /** It stays as it is. */
  readonly isFixed?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A switch that is saved as soon as it is moved, with what it does beside it. */
export function SwitchFact({ label, help, isOn, isBusy, isFixed = false, onChange }: SwitchFactProps) {
  const id = useId();
  const canEdit = useCanEdit();
  return (
    <div className="switch-fact">
      <Switch
        checked={isOn}
        disabled={isFixed || isBusy || !canEdit}
        aria-labelledby={id}
        onChange={onChange}
      />
      <div>
        <div id={id}>{label}</div>
        <div className="cell-sub">{help}</div>
      </div>
    </div>
  );
}
