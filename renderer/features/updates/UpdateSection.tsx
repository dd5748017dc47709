// The installed version, newer ones and their notes, and the licences.
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
          aria-label={`What’s new in ${state.version}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
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
      return 'This copy does not check for updates.';
    case 'checking':
      return 'Checking for updates…';
    case 'none':
      return checkedAt === null
        ? 'Checks for updates daily.'
        : `Up to date, checked on ${formatTime(checkedAt)}.`;
    case 'available':
      return `${state.version} is available. It is downloaded only when you choose to.`;
    case 'downloading':
      return `${state.version} is downloading: ${formatPercent(state.fraction)}.`;
    case 'ready':
      return `${state.version} is ready. Restart to install it.`;
  }
}

async function showLicences(): Promise<void> {
  const reply = await request('desktop:show-notices', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** The sections above load their content later and push this one down. */
const settlingMs = 1500;

/** Returns a function that scrolls an element into view and keeps it there while the page settles. */
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
