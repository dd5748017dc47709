// Notifies the user of pictures that became ready while the app was in the background, several at once in one notice.

import type { PictureMessage } from '../../../shared/domain/conversations';
import { t } from '../../../shared/languages/translate';

/** Pictures that become ready within this time (ms) of the first one share a notice. */
const groupingMs = 1000;
/** Systems cut longer bodies themselves, at any character. */
const maxPromptLength = 120;

/** A click opens the picture; without one it shows the window. */
export type Notice = { title: string; body: string; pictureId: string | null };

export type CompletionNoticesOptions = {
  isInFront: () => boolean;
  settings: () => { notifications: boolean; promptInNotifications: boolean };
  show: (notice: Notice) => void;
  after: (milliseconds: number, callback: () => void) => void;
};

export function createCompletionNotices({ isInFront, settings, show, after }: CompletionNoticesOptions) {
  const generating = new Set<string>();
  let ready: PictureMessage[] = [];

  function notify(): void {
    const [first, ...more] = ready;
    ready = [];
    const { notifications, promptInNotifications } = settings();
    if (!first || !notifications || isInFront()) return;
    show(noticeFor(first, more.length + 1, promptInNotifications));
  }

  return {
    /** Takes every update of a picture. Only a picture that was generating before can become ready. */
    update(message: PictureMessage): void {
      if (message.status === 'generating') generating.add(message.id);
      else if (generating.delete(message.id) && message.status === 'ready') {
        ready.push(message);
        if (ready.length === 1) after(groupingMs, notify);
      }
    },
  };
}

function noticeFor({ id, prompt }: PictureMessage, count: number, hasPrompt: boolean): Notice {
  const title = t('desktop.pictures_ready', { count });
  return { title, body: hasPrompt ? shorten(prompt) : t('desktop.click_to_see'), pictureId: id };
}

function shorten(prompt: string): string {
  const text = prompt.replace(/\s+/g, ' ').trim();
  return text.length > maxPromptLength ? `${text.slice(0, maxPromptLength).trimEnd()}…` : text;
}
