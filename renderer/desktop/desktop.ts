// Does what the desktop asks: a menu's command, a link from outside, pictures that are to be brought in.
import type { DesktopCommand, DesktopPlace, DesktopWish } from '../../shared/desktop';
import { useChat } from '../chat/chat-store';
import { takeOffer } from '../import/bring-in';
import { show } from '../navigation';
import { saveCopy, showInFolder } from '../picture-actions';
import { useSettings } from '../settings/settings-store';
import { toast } from '../ui/toasts';
import { useAbout } from './about-store';
import { useLinkedPicture } from './linked-picture-store';

export function fulfil(wish: DesktopWish): void {
  switch (wish.type) {
    case 'command':
      run(wish.command);
      return;
    case 'open':
      if (wish.place.ok) void goTo(wish.place.value);
      else toast(wish.place.message, { tone: 'problem' });
      return;
    case 'offer':
      takeOffer(wish.offer);
      return;
    case 'picture':
      if (wish.action === 'save-copy') void saveCopy(wish.imageId);
      else void showInFolder(wish.imageId);
  }
}

function run(command: DesktopCommand): void {
  switch (command) {
    case 'new-chat':
      useChat.getState().newChat();
      show('chat');
      return;
    case 'toggle-sidebar':
      void useSettings.getState().toggleSidebar();
      return;
    case 'about':
      void useAbout.getState().open();
      return;
    default:
      show(command);
  }
}

async function goTo(place: DesktopPlace): Promise<void> {
  useAbout.getState().close();
  useLinkedPicture.getState().show(place.kind === 'gallery' ? place.imageId : null);
  if (place.kind === 'gallery') return show('gallery');
  show('chat');
  await useChat.getState().open(place.conversationId);
  if (place.messageId !== null) await reveal(place.conversationId, place.messageId);
}

/** Reads back until the message is there, and brings it into view. Stops where the person goes elsewhere. */
async function reveal(conversationId: string, messageId: string): Promise<void> {
  const { loadOlder } = useChat.getState();
  for (;;) {
    const { currentId, order, hasOlder, loadingOlder } = useChat.getState();
    if (currentId !== conversationId) return;
    if (order.includes(messageId)) break;
    if (!hasOlder) return;
    // Another reading may be under way already: then this one waits for it.
    if (loadingOlder) await nextFrame();
    else await loadOlder();
    if (useChat.getState().order.length === order.length && !loadingOlder) return;
  }
  // One frame for React to draw it, one for the transcript to come to rest.
  await nextFrame();
  await nextFrame();
  document.querySelector(`[data-message-id="${messageId}"]`)?.scrollIntoView({ block: 'center' });
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
