import { Component, type ReactNode } from 'react';
import { CrashPanel } from './crash-panel.tsx';

interface Props {
  readonly children: ReactNode;
  /** Another place is another chance. */
  readonly place?: string;
}

interface State {
  readonly error: unknown;
}

/** Keeps the error of one page from taking the whole console with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidUpdate({ place }: Props): void {
    if (place !== this.props.place && this.state.error !== null) this.setState({ error: null });
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <CrashPanel error={this.state.error} />;
  }
}
