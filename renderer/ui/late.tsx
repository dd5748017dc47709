// Components whose code is loaded after the first paint, because it does not need them.
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/**
 * Returns a component that shows nothing until its code is loaded. If loading fails, rendering it throws the error, for the
 * error boundary around it.
 *
 * @param load imports the component.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): { (props: Props): ReactNode; load: () => Promise<void> } {
  let Loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;

  function loadOnce(): Promise<void> {
    loading ??= load().then(
      (component) => {
        Loaded = component;
      },
      (error: unknown) => {
        // The next use tries again.
        loading = null;
        throw error;
      },
    );
    return loading;
  }

  function Late(props: Props): ReactNode {
    const [, setState] = useState<{ error: unknown } | null>(null);
    useEffect(() => {
      if (Loaded) return;
      let isMounted = true;
      loadOnce().then(
        () => isMounted && setState({ error: null }),
        (error: unknown) =>
          isMounted &&
          setState(() => {
            throw error;
          }),
      );
      return () => {
        isMounted = false;
      };
    }, []);
    return Loaded ? <Loaded {...props} /> : null;
  }

  return Object.assign(Late, { load: loadOnce });
}
