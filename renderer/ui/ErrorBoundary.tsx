// Keeps a mistake in one part of the screen from taking the rest with it.
import { Component, type ReactNode } from 'react';

type Props = {
  /** What stands in the place of the part that failed. */
  instead: ReactNode;
  children: ReactNode;
};

/** React has no hook for this: https://react.dev/reference/react/Component#catching-rendering-errors-with-an-error-boundary */
export class Guard extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('A part of the screen could not be shown:', error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
