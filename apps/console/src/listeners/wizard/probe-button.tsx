import { ApiOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { wizardMessages } from '../texts/messages.ts';

export interface ProbeButtonProps {
  /** Of the row, from 1. */
  readonly number: number;
  readonly isRunning: boolean;
  readonly isDisabled: boolean;
  readonly onStart: () => void;
}

export function ProbeButton({ number, isRunning, isDisabled, onStart }: ProbeButtonProps) {
  const t = useMessages(wizardMessages).members;
  return (
    <Tooltip title={t.test}>
      <Button
        type="text"
        icon={<ApiOutlined />}
        aria-label={t.testOf(number)}
        loading={isRunning}
        disabled={isDisabled}
        onClick={onStart}
      />
    </Tooltip>
  );
}
