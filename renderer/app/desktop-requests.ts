// Handles requests of the desktop: menu commands, links, and files to import.
import type { DesktopCommand, DesktopPlace, DesktopRequest } from '../../shared/contract/desktop';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { takeOffer } from '../features/import/import-files';
import { useAbout } from '../state/about-store';
import { useChat } from '../state/chat/chat-store';
import { showView } from '../state/navigation';
import { useViewState } from '../state/view-state';
import { toast } from '../ui/toasts';

export function handleDesktopRequest(request: DesktopRequest): void {
  switch (request.type) {
    case 'command':
      run(request.command);
      return;
    case 'open':
      if (request.place.ok) void goTo(request.place.value);
      else toast(request.place.message, { tone: 'problem' });
      return;
    case 'offer':
      takeOffer(request.offer);
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
