// Tells of pictures that have landed while the user was elsewhere: once for several within a moment.
import type { PictureMessage } from '../../../shared/domain/conversations';

/** Pictures that land within this long of the first are told of together, in milliseconds. */
const momentMs = 1000;
/** What a system shows of a body; longer ones are cut where nobody chose to. */
const maxPromptLength = 120;

export type Notice = { title: string; body: string; pictureId: string };

export type CompletionNoticesOptions = {
  isInFront: () => boolean;
  settings: () => { notifications: boolean; promptInNotifications: boolean };
  show: (notice: Notice) => void;
  after: (milliseconds: number, work: () => void) => void;
};

export function createCompletionNotices({ isInFront, settings, show, after }: CompletionNoticesOptions) {
  const underWay = new Set<string>();
  let landed: PictureMessage[] = [];

  function tell(): void {
    const [first, ...more] = landed;
    landed = [];
    const { notifications, promptInNotifications } = settings();
    if (!first || !notifications || isInFront()) return;
    show(noticeOf(first, more.length + 1, promptInNotifications));
  }

  return {
    /** To be told every state of a picture: only one that was seen being made can land. */
    follow(message: PictureMessage): void {
      if (message.status === 'generating') underWay.add(message.id);
      else if (underWay.delete(message.id) && message.status === 'ready') {
        landed.push(message);
        if (landed.length === 1) after(momentMs, tell);
      }
    },
  };
}

function noticeOf({ id, prompt }: PictureMessage, count: number, withPrompt: boolean): Notice {
  const title = count === 1 ? 'Your picture is ready' : `Your ${count} pictures are ready`;
  const words = prompt.replace(/\s+/g, ' ').trim();
  const cut = words.length > maxPromptLength ? `${words.slice(0, maxPromptLength).trimEnd()}…` : words;
  return { title, body: withPrompt ? cut : 'Click to see it in Afterimage.', pictureId: id };
}
