import { Breadcrumb } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

export interface PageProps {
  readonly title: string;
  /** Beside the title: a status, an id. */
  readonly note?: ReactNode;
  /** Where this page lies, outermost first; the page itself is not named again. */
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
  /** One line below the title. */
  readonly intro?: ReactNode;
  readonly children?: ReactNode;
}

/** The head that every page has, and its name in the tab of the browser. */
export function Page({ title, note, crumbs = [], actions, intro, children }: PageProps) {
  usePageTitle(title);
  return (
    <>
      {crumbs.length > 0 && (
        <Breadcrumb
          className="page-crumbs"
          items={[...crumbs.map(({ label, to }) => ({ title: <Link to={to}>{label}</Link> })), { title }]}
        />
      )}
      <div className="page-head">
        <h1>{title}</h1>
        {note}
        <div className="page-actions">{actions}</div>
      </div>
      {intro !== undefined && <p className="page-intro">{intro}</p>}
      {children}
    </>
  );
}

/** Names the tab of the browser. */
export function usePageTitle(title: string): void {
  const { product } = useMessages(shellMessages);
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
}
