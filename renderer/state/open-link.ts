// Opens a web address in the user's browser.
import { request } from '../ipc';
import { toast } from '../ui/toasts';

export async function openLink(url: string): Promise<void> {
  const reply = await request('links:open', { url });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
