// A row of icon buttons. Those that find no room fold into a list behind "…", with their names.
import { MoreHorizontal } from 'lucide-react';
import { Children, isValidElement, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { countThatFit } from './count-that-fit';
import styles from './FoldingRow.module.css';
import { IconButton } from './IconButton';
import { moveFocus, Popover } from './Popover';

type Props = { disabled?: boolean; align?: 'center'; children: ReactNode };

export function FoldingRow({ disabled = false, align, children }: Props) {
  const items = Children.toArray(children);
  const row = useRef<HTMLFieldSetElement>(null);
  const names = items.map((item) => (isValidElement(item) ? item.key : '')).join(' ');
  const room = useRoom(row);
  const [fit, setFit] = useState({ of: '', count: items.length });
  const isMeasured = fit.of === `${names} ${room}`;
  const count = isMeasured ? fit.count : items.length;

  // All are laid out to be measured, and folded before the next paint.
  useLayoutEffect(() => {
    if (isMeasured || !row.current) return;
    const all = [...row.current.children];
    const widths = all.map((item) => item.getBoundingClientRect().width);
    setFit({ of: `${names} ${room}`, count: countThatFit(widths, row.current.clientWidth) });
  }, [isMeasured, names, room]);

  return (
    <fieldset ref={row} className={styles['row']} data-align={align} disabled={disabled}>
      {items.slice(0, count).map((item) => (
        <span key={isValidElement(item) ? item.key : ''} className={styles['item']}>
          {item}
        </span>
      ))}
      {count < items.length && (
        <Popover
          name="More actions"
          align="center"
          className={styles['folded']}
          initialFocus="button"
          onKeyDown={(event) => {
            // The view behind has keys of its own.
            if (event.key !== 'Escape') event.stopPropagation();
            moveFocus(event);
          }}
          trigger={(props) => <IconButton icon={MoreHorizontal} label="More actions" {...props} />}
        >
          {(close) => (
            // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the buttons in it take the keys.
            <div
              onClick={({ target }) => {
                const button = target instanceof Element ? target.closest('button') : null;
                // One with a list of its own keeps this one open, because that list hangs on it.
                if (button && !button.hasAttribute('popovertarget')) close();
              }}
            >
              {items.slice(count)}
            </div>
          )}
        </Popover>
      )}
    </fieldset>
  );
}

/** Returns a text that changes whenever there may be more or less room for the row. */
function useRoom(row: React.RefObject<HTMLElement | null>): string {
  const [room, setRoom] = useState('');
  useLayoutEffect(() => {
    // The row's own width does not say how much more it could have.
    const parent = row.current?.parentElement;
    const around = [parent, parent?.parentElement].filter((element) => element != null);
    const measure = () => setRoom(around.map(({ clientWidth }) => clientWidth).join(' '));
    const observer = new ResizeObserver(measure);
    for (const element of around) observer.observe(element);
    return () => observer.disconnect();
  }, [row]);
  return room;
}
