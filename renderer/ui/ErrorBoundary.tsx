// Keeps an error in one part of the interface from breaking the rest.
import { Component, type ReactNode } from 'react';

type Props = {
  /** Replaces the part that failed. */
  fallback: ReactNode;
  children: ReactNode;
};

/** React has no hook for this: https://react.dev/reference/react/Component#catching-rendering-errors-with-an-error-boundary */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('A part of the interface failed to render:', error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
