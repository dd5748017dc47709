// Does what the desktop asks: a menu's command, a link from outside, pictures that are to be brought in.
import type { DesktopCommand, DesktopPlace, DesktopRequest } from '../../shared/contract/desktop';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { takeOffer } from '../features/import/import-files';
import { useAbout } from '../state/about-store';
import { useChat } from '../state/chat/chat-store';
import { showView } from '../state/navigation';
import { saveCopy, showInFolder } from '../state/pictures/picture-actions';
import { useViewState } from '../state/view-state';
import { toast } from '../ui/toasts';

export function fulfil(wish: DesktopRequest): void {
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
      showView('chat');
      return;
    case 'toggle-sidebar':
      void useViewState.getState().toggleSidebar();
      return;
    case 'about':
      void useAbout.getState().open();
      return;
    default:
      showView(command);
  }
}

async function goTo(place: DesktopPlace): Promise<void> {
  useAbout.getState().close();
  useLinkedPicture.getState().show(place.kind === 'gallery' ? place.imageId : null);
  if (place.kind === 'gallery') return showView('gallery');
  const { open, openAt } = useChat.getState();
  if (place.messageId !== null) return openAt(place.conversationId, place.messageId);
  showView('chat');
  await open(place.conversationId);
}
