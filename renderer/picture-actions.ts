// What can be done with a picture from anywhere in the app.
import { request } from './ipc';
import { toast } from './ui/toasts';

export async function saveCopy(imageId: string): Promise<void> {
  const reply = await request('images:save-copy', { imageId });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
  else if (reply.value) toast(`Saved as ${reply.value.path}`);
}

export async function showInFolder(imageId: string): Promise<void> {
  const reply = await request('images:show-in-folder', { imageId });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toast('Prompt copied');
}
