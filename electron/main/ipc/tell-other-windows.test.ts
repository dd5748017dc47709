import { expect, test } from 'vitest';
import { contract, type EventName, type RequestName } from '../../../shared/contract';
import { changedRequests, createTellOthers } from './tell-other-windows';

/** Requests that change nothing that another window shows, or whose work sends events to every window. */
const quiet =
  /^(app|notice|problem|desktop|links|windows|diagnostics|proxy|updates|usage|storage|engine|edits|gallery|import|folders|export|services|keys|provider|workflows|messages|view-state|suggestions):|:(list|search|covers|measure|prefetch|preview|export|stop-prefetch|facts|family|copy|save-copy|save-kept|share|show-in-folder|drag-out|repair|locate|favourite)$/;

test('tells the other windows of every request that changes what they show', () => {
  const names = Object.keys(contract).filter((name) => !quiet.test(name));
  expect(names.toSorted()).toEqual(changedRequests.toSorted());
});

test('sends to the windows that have not asked', () => {
  const sent: [object, EventName, unknown][] = [];
  const tell = createTellOthers({ sendToOthers: (...event) => void sent.push(event) });
  const sender: Electron.WebContents = Object(null);
  const conversationId = '01930000-0000-7000-8000-0000000000ab';
  tell(sender, 'drafts:set', { conversationId, draft: null }, null);
  expect(sent).toEqual([[sender, 'draft:changed', { conversationId, draft: null }]]);
  const silent: RequestName = 'app:ping';
  tell(sender, silent, {}, null);
  expect(sent).toHaveLength(1);
});
