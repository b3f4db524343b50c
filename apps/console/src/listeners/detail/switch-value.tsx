import { Switch } from 'antd';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';

export interface SwitchValueProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A switch that is saved when it is moved; a word for those who may not move it. */
export function SwitchValue({ label, isOn, isBusy, isDisabled = false, onChange }: SwitchValueProps) {
  const { on, off } = useMessages(shellMessages).field;
  const canEdit = useCanEdit();
  if (!canEdit) return isOn ? on : off;
  return (
    <Switch
      size="small"
      checked={isOn}
      disabled={isBusy || isDisabled}
      aria-label={label}
      onChange={onChange}
    />
  );
}
