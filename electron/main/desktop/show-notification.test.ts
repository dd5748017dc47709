import { EventEmitter } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createNotifier } from './show-notification';

/** Stands for the system: each notification that it is given, and what it does with it. */
function createSystem(show: (notification: EventEmitter) => void) {
  const notifications: EventEmitter[] = [];
  const clicked: (string | null)[] = [];
  const notify = createNotifier({
    create() {
      const notification = new EventEmitter();
      notifications.push(notification);
      return Object.assign(notification, { show: () => show(notification) });
    },
    onClick: (pictureId) => clicked.push(pictureId),
  });
  return { notify, notifications, clicked };
}

const notice = (pictureId: string) => ({ title: 'Your picture is ready', body: 'a fox', pictureId });

test('a click opens the picture of its notification', () => {
  const { notify, notifications, clicked } = createSystem(() => {});
  notify(notice('a'));
  notify(notice('b'));
  notifications[1]?.emit('click', { title: 'Electron 45 passes an event' });
  expect(clicked).toEqual(['b']);
});

test('notifications that an unsigned macOS build may not show are logged once and do no harm', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const { notify, notifications, clicked } = createSystem((notification) =>
    notification.emit('failed', {}, 'The app is not signed.'),
  );
  notify(notice('a'));
  notify(notice('b'));
  expect([notifications.length, clicked, warn.mock.calls.length]).toEqual([2, [], 1]);
});
