import { Button, Modal } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { conflictRows, type Fields, type ValueWords } from './edit-changes.ts';

export interface ConflictDialogProps {
  /** The object as the form was opened on it. */
  readonly before: Fields;
  readonly theirs: Fields;
  readonly yours: Fields;
  readonly labels: Readonly<Record<string, string>>;
  readonly words: ValueWords;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
  readonly onClose: () => void;
}

/** Somebody else was faster: what they changed beside what the user wants, and the choice between them. */
export function ConflictDialog(props: ConflictDialogProps) {
  const t = useMessages(shellMessages).conflict;
  const { cancel } = useMessages(shellMessages).actions;
  const rows = conflictRows(props, props.words);
  return (
    <Modal
      open
      width={720}
      title={t.title}
      onCancel={props.onClose}
      footer={
        <div className="form-buttons">
          <Button onClick={props.onClose}>{cancel}</Button>
          <Button onClick={props.onTheirs}>{t.keepTheirs}</Button>
          <Button danger onClick={props.onMine}>
            {t.keepMine}
          </Button>
        </div>
      }
    >
      <p>{t.text}</p>
      <div className="conflict-scroll">
        <table className="conflict-table">
          <thead>
            <tr>
              <th scope="col">{t.field}</th>
              <th scope="col">{t.before}</th>
              <th scope="col">{t.theirs}</th>
              <th scope="col">{t.yours}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, before, theirs, yours }) => (
              <tr key={field}>
                <th scope="row">{props.labels[field] ?? field}</th>
                <td>{before}</td>
                <td>{theirs}</td>
                <td>{yours}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
