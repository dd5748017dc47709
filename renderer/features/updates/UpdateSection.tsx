// Which version this is, whether there is a newer one and what is new in it, and whose work is inside.
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Updates } from '../../../shared/contract/updates';
import { request } from '../../ipc';
import { Button } from '../../ui/Button';
import { formatPercent, formatTime } from '../../ui/format';
import { toast } from '../../ui/toasts';
import styles from './UpdateSection.module.css';
import { useUpdates } from './updates-store';

export function UpdateSection() {
  const { updates, ask, wantsNotes, notesShown } = useUpdates();
  const section = useRef<HTMLElement>(null);

  useEffect(() => {
    void ask('updates:read');
  }, [ask]);

  const hold = useHoldInView(section);
  useEffect(() => {
    if (!wantsNotes) return;
    hold();
    notesShown();
  }, [wantsNotes, notesShown, hold]);

  if (!updates) return null;
  const { state, problem } = updates;
  return (
    <section ref={section} className={styles['section']} aria-label="This version">
      <h2>This version</h2>
      <div className={styles['line']}>
        <p aria-live="polite">
          <span className={styles['version']}>Afterimage {updates.current}</span>
          <span className={styles['state']}>{words(updates)}</span>
        </p>
        <Action updates={updates} />
      </div>
      {state.kind === 'downloading' && (
        <progress className={styles['progress']} value={state.fraction} aria-label="Download" />
      )}
      {problem && (
        <p className={styles['problem']} role="alert">
          {problem.message}
        </p>
      )}
      {'notes' in state && state.notes !== null && (
        <section
          className={styles['notes']}
          aria-label={`What is new in ${state.version}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
          tabIndex={0}
        >
          {state.notes}
        </section>
      )}
      <button type="button" className={styles['licences']} onClick={() => void showLicences()}>
        Licences of what is inside
      </button>
    </section>
  );
}

function Action({ updates: { state } }: { updates: Updates }) {
  const ask = useUpdates((store) => store.ask);
  switch (state.kind) {
    case 'none':
    case 'checking':
      return (
        <Button disabled={state.kind === 'checking'} onClick={() => void ask('updates:check')}>
          Look for a newer one
        </Button>
      );
    case 'available':
      return <Button onClick={() => void ask('updates:download')}>Download {state.version}</Button>;
    case 'ready':
      return <Button onClick={() => void ask('updates:install')}>Restart to install</Button>;
    default:
      return null;
  }
}

function words({ state, checkedAt }: Updates): string {
  switch (state.kind) {
    case 'off':
      return 'This copy does not look for newer versions by itself.';
    case 'checking':
      return 'Looking for a newer one…';
    case 'none':
      return checkedAt === null
        ? 'A newer one is looked for daily.'
        : `The newest there is, as of ${formatTime(checkedAt)}.`;
    case 'available':
      return `${state.version} is available. It is downloaded when you say so.`;
    case 'downloading':
      return `${state.version} is being downloaded: ${formatPercent(state.fraction)}.`;
    case 'ready':
      return `${state.version} is ready. A restart installs it.`;
  }
}

async function showLicences(): Promise<void> {
  const reply = await request('desktop:show-notices', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** What stands above is still being measured and read, and pushes what is below it down as it comes. */
const settlingMs = 1500;

/** @returns brings an element into view, and keeps it there while the page around it settles. */
function useHoldInView(element: RefObject<HTMLElement | null>): () => void {
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  return useCallback(() => {
    stop.current();
    const target = element.current;
    const page = target?.parentElement;
    if (!target || !page) return;
    target.scrollIntoView();
    const growth = new ResizeObserver(() => target.scrollIntoView());
    growth.observe(page);
    const timer = setTimeout(() => stop.current(), settlingMs);
    stop.current = () => {
      clearTimeout(timer);
      growth.disconnect();
    };
  }, [element]);
}
