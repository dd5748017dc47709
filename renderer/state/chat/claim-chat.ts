// Claims a conversation for this window, or focuses the window that has it: it is open in at most one window.
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

/**
 * Asks whether this window may show a conversation. If another window shows it, that one comes to the front.
 *
 * @param messageId the message to show there.
 */
export async function claimChat(conversationId: string, messageId: string | null = null): Promise<boolean> {
  const reply = await request('windows:claim-chat', { conversationId });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
  else if (!reply.value.isHere) void request('windows:go-to-chat', { conversationId, messageId });
  return reply.ok && reply.value.isHere;
}
