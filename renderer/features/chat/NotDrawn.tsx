// The line under a picture that says how it differs from what was asked: what the offline painter cannot draw, or which
// settings the service left out.
import type { PictureMessage } from '../../../shared/domain/conversations';
import { makeAnother } from '../../state/composer/composer-actions';
import { useConnect } from '../../state/connect-store';
import { PlainButton } from '../../ui/PlainButton';
import styles from './NotDrawn.module.css';

/** It is there from the placeholder on, so that nothing moves when the picture comes. */
export function NotDrawn({ message }: { message: PictureMessage }) {
  const open = useConnect((state) => state.open);
  const { notes = [] } = message;
  const leftOut = notes.find((note) => note.code === 'settings_left_out');
  if (leftOut) {
    return (
      <p className={styles['line']} data-testid="settings-left-out">
        <span dir="auto">{leftOut.sentences.join(' ')}</span>
      </p>
    );
  }
  const note = notes.find((candidate) => candidate.code === 'not_drawn');
  if (!note) return null;
  return (
    <p className={styles['line']} data-testid="not-drawn">
      <span dir="auto">Could not draw: {note.words.join(', ')}</span>
      <PlainButton
        className={styles['link']}
        onClick={() => open({ onConnected: () => void makeAnother(message) })}
      >
        Connect a model
      </PlainButton>
    </p>
  );
}
