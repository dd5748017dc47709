// Leads to one message of any conversation.
import { show } from '../navigation';
import { useChat } from './chat-store';

/** So many frames the view has for coming on screen. */
const patience = 60;

/** Opens the conversation as far back as the message is, and brings it to the middle of the screen. */
export async function showMessage(conversationId: string, messageId: string): Promise<void> {
  await useChat.getState().open(conversationId);
  const isHere = () => useChat.getState().currentId === conversationId;
  const isRead = () => useChat.getState().order.includes(messageId);
  show('chat');
  while (isHere() && !isRead() && useChat.getState().hasOlder) {
    const { loadOlder, order } = useChat.getState();
    await loadOlder();
    // Read by somebody else at the same moment, or not at all.
    if (useChat.getState().order.length === order.length) await nextFrame();
  }
  for (let frame = 0; frame < patience && isHere(); frame += 1) {
    await nextFrame();
    const message = document.querySelector(`[data-message-id="${messageId}"]`);
    if (!message?.checkVisibility()) continue;
    message.scrollIntoView({ block: 'center' });
    // The transcript hears of scrolling a frame later; until then it would hold on to its end.
    await nextFrame();
    message.scrollIntoView({ block: 'center' });
    return mark(message);
  }
}

/** A breath of the accent around it, so that the eye finds it. */
function mark(message: Element): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const ring = (share: number) => ({
    boxShadow: `0 0 0 6px color-mix(in oklch, var(--accent) ${share}%, transparent)`,
    borderRadius: '14px',
  });
  message.animate([ring(0), ring(50), ring(50), ring(0)], { duration: 1400, easing: 'ease-out' });
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
