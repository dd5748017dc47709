import { afterAll, expect, test } from 'vitest';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds } from '../../../shared/domain/services';
import { pictureMessage } from '../../../shared/domain/test-message';
import { captioned, captionText, groupCaption } from './group-caption';

useServiceDirectory([
  { id: 'google', kind: 'google', name: 'Google', address: null },
  { id: 'painter', kind: 'painter', name: 'Painter', address: null },
]);
afterAll(() => useServiceDirectory(builtInServiceIds.map(builtInService)));

function picture(changes: Partial<PictureMessage> = {}): PictureMessage {
  const made = { provider: 'google', model: 'mine', durationMs: 3000, costMicroUsd: 39_000 };
  return pictureMessage({ ...made, ...changes });
}

const pending = picture({ status: 'pending', durationMs: null, costMicroUsd: null });
const generating = picture({ status: 'generating', durationMs: null, costMicroUsd: null });
const failed = picture({ status: 'failed', durationMs: 12_000, costMicroUsd: null });

const square = picture({
  notes: [{ code: 'other_shape', asked: { aspectRatio: '3:2' }, got: { width: 8, height: 8 } }],
});

test.each<[string, PictureMessage[], string]>([
  ['all wait', [pending, pending], 'mine · 0 of 2 pictures · in the queue'],
  ['one is being made', [pending, generating], 'mine · 0 of 2 pictures · generating for 8\u00a0s'],
  ['one is ready', [picture(), generating], 'mine · 1 of 2 pictures · generating for 8\u00a0s'],
  ['all are ready', [picture(), picture({ durationMs: 9000 })], 'mine · 2 pictures · 9.0\u00a0s · $0.078'],
  ['one failed', [picture(), failed], 'mine · 1 of 2 pictures · 12\u00a0s · $0.039'],
  ['all failed', [failed, failed], 'mine · 0 of 2 pictures · 12\u00a0s'],
  [
    'a price is unknown',
    [picture(), picture({ costMicroUsd: null })],
    'mine · 2 pictures · 3.0\u00a0s · at least $0.039',
  ],
  ['no price is known', [picture({ costMicroUsd: null })], 'mine · 1 picture · 3.0\u00a0s · cost unknown'],
  [
    'one has another shape',
    [square, picture()],
    'mine · 2 pictures · 1 is 8 × 8 instead of 3:2 · 3.0\u00a0s · $0.078',
  ],
  [
    'all have another shape',
    [square, square],
    'mine · 2 pictures · 8 × 8 instead of 3:2 · 3.0\u00a0s · $0.078',
  ],
  [
    'the only one that was made has another shape',
    [square, failed],
    'mine · 1 of 2 pictures · 8 × 8 instead of 3:2 · 12\u00a0s · $0.039',
  ],
  [
    'one was in the gallery',
    [picture({ reusedId: 'r', durationMs: 0, costMicroUsd: 0 }), picture()],
    'mine · 2 pictures · 1 from your gallery · 3.0\u00a0s · $0.039',
  ],
  [
    'one may have been charged although it failed',
    [picture(), { ...failed, costMicroUsd: 0 }],
    'mine · 1 of 2 pictures · 12\u00a0s · at least $0.039',
  ],
  [
    'they were free',
    [picture({ provider: 'painter', costMicroUsd: 0 }), picture({ provider: 'painter', costMicroUsd: 0 })],
    'mine · 2 pictures · 3.0\u00a0s · free',
  ],
  [
    'one used a replacement',
    [picture(), picture({ model: 'other' })],
    'mine, other · 2 pictures · 3.0\u00a0s · $0.078',
  ],
])('the caption of a group of which %s', (_case, messages, caption) => {
  expect(captionText(groupCaption(messages, 8))).toBe(caption);
});

test('the caption is about the pictures that are not deleted', () => {
  const facts = { width: 1, height: 1, bytes: 1, thumbhash: '' };
  const kept = picture({ image: facts, tile: { ofSeveral: true } });
  const other = { model: 'other', tile: { ofSeveral: true } } as const;
  const inTrash = picture({ ...other, image: { ...facts, state: 'trash' } });
  const purged = picture({ ...other, image: null });
  const caption = (...messages: PictureMessage[]) => captionText(groupCaption(captioned(messages), 0));
  expect(caption(kept, picture({ ...other, image: facts }))).toContain('2 models · 2 pictures');
  expect(caption(kept, inTrash, purged)).toBe('mine · 1 picture · 3.0\u00a0s · $0.039');
  // Unfinished and failed pictures do not count as deleted.
  expect(captioned([kept, inTrash, pending, failed])).toEqual([kept, pending, failed]);
  expect(captioned([inTrash, purged])).toEqual([inTrash, purged]);
});
