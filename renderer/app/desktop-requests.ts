// Handles requests from the desktop: menu commands, links, and files to import.
import type { DesktopPlace, DesktopRequest } from '../../shared/contract/desktop';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { handleOffer } from '../features/import/import-files';
import { useAbout } from '../state/about-store';
import { useChat } from '../state/chat/chat-store';
import { claimChat } from '../state/chat/claim-chat';
import { openWholeGallery } from '../state/collections/whole-gallery';
import { showView } from '../state/navigation';
import { toast } from '../ui/toasts';
import { runCommand } from './commands/command-list';
import { noteAct } from './history/view-history';

export function handleDesktopRequest(request: DesktopRequest): void {
  noteAct();
  switch (request.type) {
    case 'command':
      runCommand(request.command);
      return;
    case 'open':
      if (request.place.ok) void goTo(request.place.value);
      else toast(request.place.message, { tone: 'problem' });
      return;
    case 'offer':
      handleOffer(request.offer);
  }
}

async function goTo(place: DesktopPlace): Promise<void> {
  useAbout.getState().close();
  useLinkedPicture.getState().show(place.kind === 'gallery' ? place.imageId : null);
  if (place.kind === 'gallery') return openWholeGallery();
  const { open, openAt } = useChat.getState();
  if (place.messageId !== null) return openAt(place.conversationId, place.messageId);
  if (!(await claimChat(place.conversationId))) return;
  showView('chat');
  await open(place.conversationId);
}
