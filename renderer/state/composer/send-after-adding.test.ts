import { expect, test, vi } from 'vitest';
import { newService } from '../../../shared/domain/services';
import { useServices } from '../settings/services-store';
import { useAdding } from './adding-store';
import { sendDraft } from './composer-actions';
import { useDraft } from './draft-store';

/** A minimal main process for this test, which records messages and refuses them. */
const sent = vi.hoisted(() => {
  const inputs: object[] = [];
  const request = async (name: string, input: object) => {
    if (name === 'chat:send') inputs.push(input);
    return { ok: false, code: 'internal', message: 'Refused.' };
  };
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
  return inputs;
});

test('a message that waits for its pictures uses the model that is chosen when they are added', async () => {
  const services = [newService('a', 'google', 'A'), newService('b', 'openai', 'B')];
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
  useDraft.getState().start({}, 'one');
  useDraft.getState().setText('a red fox');
  useDraft.getState().change({
    ...{ model: { serviceId: 'a', model: 'gemini-3-pro-image' }, aspectRatio: '21:9' },
    seed: 7,
  });
  useAdding.getState().add([{ key: 'k', name: 'picture', conversationId: 'one' }]);
  const sending = sendDraft();
  useDraft.getState().change({ model: { serviceId: 'b', model: 'gpt-image-1' } });
  useDraft.getState().attach('picture');
  useAdding.getState().end('k');
  await sending;
  expect(sent).toMatchObject([
    { aspectRatio: '3:2', model: { serviceId: 'b', model: 'gpt-image-1' }, references: ['picture'] },
  ]);
  expect(sent[0]).not.toHaveProperty('seed');
});
