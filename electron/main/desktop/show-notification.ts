// Shows native notifications.
import type { Notice } from './completion-notices';

/** The parts of Electron's `Notification` that this file needs. */
export type NativeNotification = {
  on(event: 'click', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'failed', listener: () => void): unknown;
  show: () => void;
};

export type NotifierOptions = {
  create: (options: { title: string; body: string; silent: boolean }) => NativeNotification;
  /** Called with the picture's id, if there is one, when the user clicks a notification. */
  onClick: (pictureId: string | null) => void;
};

/**
 * A system may refuse notifications. Since Electron 42 macOS refuses those of an unsigned build, such as one that a
 * developer made: https://www.electronjs.org/docs/latest/breaking-changes. This is logged once. Nothing depends on
 * notifications, because the picture is in the chat.
 */
export function createNotifier({ create, onClick }: NotifierOptions): (notice: Notice) => void {
  /** Keeps notifications from being garbage-collected, which would lose their clicks. */
  const shown = new Set<NativeNotification>();
  let hasFailed = false;
  return ({ title, body, pictureId }) => {
    const notification = create({ title, body, silent: true });
    shown.add(notification);
    const release = () => shown.delete(notification);
    notification.on('click', () => {
      release();
      onClick(pictureId);
    });
    notification.on('close', release);
    notification.on('failed', () => {
      release();
      if (!hasFailed) console.warn('The system does not show notifications of this app.');
      hasFailed = true;
    });
    notification.show();
  };
}
