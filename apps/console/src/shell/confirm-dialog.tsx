import type { ApiError } from '@elbow/api';
import { Alert, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from './failure-panel.tsx';
import { shellMessages } from './messages.ts';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly okLabel: string;
  readonly isBusy: boolean;
  readonly error: ApiError | null;
  /** What has to be typed before anything happens. */
  readonly word?: string;
  /** Nothing can be done: the children say what stands in the way. */
  readonly isBlocked?: boolean;
  readonly onOk: () => void;
  readonly onClose: () => void;
  /** What exactly will happen, in a sentence. */
  readonly children: ReactNode;
}

/** Asks before something is lost, naming what. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { word, isBlocked = false } = props;
  const { actions } = useMessages(shellMessages);
  const [typed, setTyped] = useState('');
  const isReady = !isBlocked && (word === undefined || typed === word);
  return (
    <Modal
      open
      title={props.title}
      okText={props.okLabel}
      cancelText={isBlocked ? actions.close : actions.cancel}
      okButtonProps={{ danger: true, disabled: !isReady, loading: props.isBusy }}
      onOk={props.onOk}
      onCancel={props.onClose}
    >
      <div className="confirm-text">{props.children}</div>
      {!isBlocked && word !== undefined && <WordField word={word} typed={typed} onType={setTyped} />}
      {props.error !== null && (
        <Alert role="alert" type="error" showIcon title={<FailureText error={props.error} />} />
      )}
    </Modal>
  );
}

interface WordFieldProps {
  readonly word: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

function WordField({ word, typed, onType }: WordFieldProps) {
  const t = useMessages(shellMessages);
  return (
    <label className="confirm-word">
      <span>{t.typeToConfirm(word)}</span>
      <Input value={typed} autoComplete="off" onChange={({ target }) => onType(target.value)} />
    </label>
  );
}
