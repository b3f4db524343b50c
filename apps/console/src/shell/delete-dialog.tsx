import type { Answer } from '@elbow/api';
import { Alert } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { shellMessages } from './messages.ts';
import './delete-dialog.css';

/** Something that has to change before the object can go. */
export interface Obstacle {
  readonly title: string;
  /** What exactly, with links to it. */
  readonly list?: ReactNode;
}

export interface DeleteDialogProps {
  readonly title: string;
  readonly call: () => Promise<Answer<null>>;
  /** What has been done, in words. */
  readonly said: string;
  /** Ids of objects whose trouble on a node means that the delete did not take. */
  readonly concerns?: readonly string[];
  readonly obstacles?: readonly Obstacle[];
  /** What has to be typed before anything happens. */
  readonly word?: string | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: (() => void) | undefined;
  /** What exactly will happen, in a sentence. */
  readonly children: ReactNode;
}

/** Deletes an object once that is confirmed, or says what stands in the way. */
export function DeleteDialog({ obstacles = [], ...props }: DeleteDialogProps) {
  const { word, onClose } = props;
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: props.call,
    said: () => props.said,
    concerns: () => props.concerns ?? [],
    onDone: () => {
      onClose();
      props.onDeleted?.();
    },
  });
  return (
    <ConfirmDialog
      title={props.title}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      isBlocked={obstacles.length > 0}
      onOk={() => void remove.run(null)}
      onClose={onClose}
      {...(word === undefined ? {} : { word })}
    >
      {obstacles.map(({ title, list }) => (
        <Fragment key={title}>
          <Alert type="warning" showIcon title={title} className="delete-obstacle" />
          {list}
        </Fragment>
      ))}
      {obstacles.length === 0 && <p>{props.children}</p>}
    </ConfirmDialog>
  );
}
