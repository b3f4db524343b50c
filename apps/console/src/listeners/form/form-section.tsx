import { type ReactNode, useId } from 'react';

export interface FormSectionProps {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** Fields that belong together, with what they are about beside them. */
export function FormSection({ title, text, children }: FormSectionProps) {
  const id = useId();
  return (
    <section className="lf-section" aria-labelledby={id}>
      <div className="lf-section-head">
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      <div className="lf-section-fields">{children}</div>
    </section>
  );
}
