// A salvage of an answer with several pictures charges nothing twice.
import { beforeEach, expect, test } from 'vitest';
import type { Recipe } from '../../../shared/domain/recipe';
import { newId } from './new-id';
import { openMemoryStore } from './test-database';

const memory = openMemoryStore();
const { store } = memory;
const requestId = newId();

beforeEach(() => memory.clear());

function recipeOf(costMicroUsd: number, changes: Partial<Recipe>): Recipe {
  const id = newId();
  return {
    ...{ version: 1, id, file: `images/00/${id}.png`, bytes: 10, width: 3, height: 2, thumbhash: 'AAH+' },
    ...{ prompt: 'a fox', provider: 'google', model: 'm', params: { aspectRatio: '1:1', seed: 1 } },
    ...{ costMicroUsd, durationMs: 5, createdAt: 1_700_000_000_000, requestId },
    ...changes,
  };
}

/** The first picture and the two others of an answer that cost 100. */
function recipes(): Recipe[] {
  const partOf = { requestId, jobId: null };
  return [recipeOf(34, {}), ...[33, 33].map((share) => recipeOf(share, { partOf }))];
}

test('the shares of an answer that the ledger does not know are its cost', () => {
  store.transaction(() => expect(store.salvage.add('r', recipes())).toHaveLength(3));
  expect(store.charges.spent(0)).toBe(100);
});

test('the parts of an answer that the ledger knows cost nothing more', () => {
  const [first, ...parts] = recipes();
  store.transaction(() => {
    store.charges.open({
      ...{ id: requestId, kind: 'picture', messageId: first?.id ?? '', provider: 'google', model: 'm' },
      ...{ requestedAt: 1, amountMicroUsd: 100 },
    });
    store.charges.end(requestId, { state: 'made', amountMicroUsd: 100 });
    expect(store.salvage.add('r', [...(first ? [first] : []), ...parts])).toHaveLength(3);
  });
  expect(store.charges.spent(0)).toBe(100);
});
