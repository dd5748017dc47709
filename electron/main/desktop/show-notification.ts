// Shows native notifications.
import { Notification } from 'electron';
import type { Notice } from './completion-notices';

/** @param onClick called with the picture's id when the user clicks a notification. */
export function createNotifier(onClick: (pictureId: string) => void): (notice: Notice) => void {
  /** Keeps each notification from being garbage-collected, because its click would be lost. */
  const shown = new Set<Notification>();
  return ({ title, body, pictureId }) => {
    const notification = new Notification({ title, body, silent: true });
    shown.add(notification);
    const release = () => shown.delete(notification);
    notification.on('click', () => {
      release();
      onClick(pictureId);
    });
    notification.on('close', release);
    notification.on('failed', release);
    notification.show();
  };
}
