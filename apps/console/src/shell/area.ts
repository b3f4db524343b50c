import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { Messages } from '../i18n/messages.ts';
import type { ShellMessages } from './messages.ts';

/** One folder of pages: what the router and the navigation need to know of it before any page is loaded. */
export interface Area {
  readonly routes: readonly PageRoute[];
  /** Entries of the navigation; none for pages that are reached from others. */
  readonly nav?: readonly NavEntry[];
}

export interface PageRoute {
  /** As React Router writes it: `/pools/:poolId/:tab?`. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType>;
}

export interface NavEntry {
  readonly path: string;
  /** Paths below these roots light the entry up too. */
  readonly roots?: readonly string[];
  readonly label: keyof ShellMessages['nav'];
  readonly icon: ComponentType;
  /** Who sees it; default everybody. */
  readonly role?: 'admin';
}

export type { Messages };

/** A page in a chunk of its own: `lazyPage(() => import('./pool-list.tsx'), 'PoolList')`. */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): LazyExoticComponent<ComponentType> {
  return lazy(async () => ({ default: (await load())[name] }));
}
