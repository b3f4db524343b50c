import { FileTextOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { certificateMessages } from './messages.ts';
import { type PemFile, readPemFile } from './pem-file.ts';

export interface PemDropProps {
  /** The texts of all files that are PEM, one behind the other. */
  readonly onText: (text: string) => void;
}

/** Takes files by drag and drop or by a file dialog; says how to convert those that are not PEM. */
export function PemDrop({ onText }: PemDropProps) {
  const t = useMessages(certificateMessages).form;
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [strangers, setStrangers] = useState<readonly PemFile[]>([]);
  const take = async (files: FileList | null): Promise<void> => {
    const read = await Promise.all([...(files ?? [])].map(readPemFile));
    const texts = read.flatMap((file) => (file.kind === 'text' ? [file.text] : []));
    setStrangers(read.filter(({ kind }) => kind !== 'text'));
    if (texts.length > 0) onText(texts.join('\n'));
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files);
  };
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className={isOver ? 'cert-drop cert-drop-over' : 'cert-drop'}
      onDrop={onDrop}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
    >
      <FileTextOutlined className="cert-drop-icon" />
      <div>
        <div>{t.drop}</div>
        <div className="cell-sub">{t.dropText}</div>
      </div>
      <Button onClick={() => input.current?.click()}>{t.choose}</Button>
      <input
        ref={input}
        type="file"
        multiple
        className="cert-drop-file"
        aria-label={t.choose}
        onChange={({ target }) => void take(target.files).then(() => (target.value = ''))}
      />
      {strangers.map((file, index) => (
        <Stranger key={index} file={file} />
      ))}
    </div>
  );
}

function Stranger({ file }: { readonly file: PemFile }) {
  const t = useMessages(certificateMessages).form;
  if (file.kind === 'text') return null;
  const title = file.kind === 'binary' ? t.notText(file.name) : t.tooLarge(file.name);
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="cert-drop-problem"
      title={title}
      description={file.kind === 'binary' ? <code>{file.command}</code> : undefined}
    />
  );
}
