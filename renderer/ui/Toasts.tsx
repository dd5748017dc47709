// Shows the notices in the topmost dialog, or over the app, because everything behind a dialog is inert. A notice that was
// there before a small dialog opened stays where it was.
import { X } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { t } from '../../shared/languages/translate';
import { placeOfNotice, useDialogs } from './dialogs';
import { IconButton } from './IconButton';
import styles from './Toasts.module.css';
import { holdNotices, useToasts } from './toasts';

/** Notices stay while they are hovered or contain the focus, and while the window is not visible. */
holdNotices(
  () => document.hidden || document.querySelector('[data-notices]:is(:hover, :focus-within)') !== null,
);

/** @param within the dialog that contains these notices. */
export function Toasts({ within }: { within?: symbol }) {
  const { toasts, dismiss } = useToasts();
  const dialogs = useDialogs((state) => state.dialogs);
  const shown = toasts.filter(({ id }) => placeOfNotice(id, dialogs) === within);
  const stack = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each change of the notices, which may cover the focus.
  useLayoutEffect(() => uncoverFocus(stack.current), [toasts]);
  useLayoutEffect(() => observeHeight(stack.current), []);
  // The live region is always mounted, so that screen readers announce what is added to it.
  return (
    <div ref={stack} className={styles['stack']} role="status" aria-label={t('ui.notices')} data-notices>
      {shown.map(({ id, text, tone, action, second, isLasting }) => (
        <div key={id} className={styles['toast']} data-tone={tone}>
          <span>{text}</span>
          {[second, action].map(
            (offered) =>
              offered && (
                <button
                  key={offered.label}
                  type="button"
                  className={styles['action']}
                  onClick={() => {
                    offered.run();
                    dismiss(id);
                  }}
                >
                  {offered.label}
                </button>
              ),
          )}
          {isLasting && (
            <IconButton icon={X} size={16} label={t('notices.dismiss')} onClick={() => dismiss(id)} />
          )}
        </div>
      ))}
    </div>
  );
}

/** Tells the styles the height of the notices: see `--notice-room`. */
function observeHeight(stack: HTMLElement | null): (() => void) | undefined {
  if (!stack || stack.closest('dialog')) return undefined;
  const observer = new ResizeObserver(() =>
    document.documentElement.style.setProperty('--notices-height', `${stack.offsetHeight}px`),
  );
  observer.observe(stack);
  return () => observer.disconnect();
}

/** Scrolls the focused element out from under the notices. A page leaves room for that at its end. */
function uncoverFocus(stack: HTMLElement | null): void {
  const { activeElement: focused } = document;
  if (!stack?.firstChild || !focused || focused.contains(stack) || stack.contains(focused)) return;
  const [above, below] = [stack.getBoundingClientRect(), focused.getBoundingClientRect()];
  const isCovered = above.top < below.bottom && below.top < above.bottom;
  if (isCovered) focused.scrollIntoView({ block: 'nearest' });
}
