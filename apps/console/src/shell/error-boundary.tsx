import { Component, type ReactNode } from 'react';
import { CrashPanel } from './crash-panel.tsx';

interface Props {
  readonly children: ReactNode;
  /** Another place is another chance. */
  readonly place?: string;
}

interface State {
  readonly error: unknown;
  readonly place: string | undefined;
}

/** Keeps the error of one page from taking the whole console with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Pick<State, 'error'> {
    return { error };
  }

  static getDerivedStateFromProps({ place }: Props, state: State): State | null {
    return place === state.place ? null : { error: null, place };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <CrashPanel error={this.state.error} />;
  }
}
