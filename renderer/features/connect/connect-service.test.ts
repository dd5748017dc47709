import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService, type Service } from '../../../shared/domain/services';
import type { Target } from '../../state/connect-store';
import { useServices } from '../../state/settings/services-store';
import { countModels, fieldOf, suggestName } from './connect-service';

const another: Target = {
  ...{ kind: 'openai-compatible', name: 'Another OpenAI-compatible service', address: null, service: null },
};

function receive(services: readonly Service[]): void {
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
}

afterEach(() => {
  receive(builtInServiceIds.map(builtInService));
  useServiceDirectory(builtInServiceIds.map(builtInService));
});

describe('the suggested name', () => {
  beforeEach(() => receive([{ ...newService('a', 'openai-compatible', 'Example.com') }]));

  test.each([
    ['', ''],
    ['no address', ''],
    ['127.0.0.1:8080', '127.0.0.1:8080'],
    ['https://api.pictures.example/v1/images/generations', 'pictures.example'],
    // Another service already has the name.
    ['https://example.com/v1', 'example.com 2'],
  ])('of %j is %j', (address, name) => {
    expect(suggestName(another, address)).toBe(name);
  });

  test('of a known service is its own, with a number for the second one', () => {
    const studio = { ...another, name: 'LM Studio' };
    expect(suggestName(studio, 'http://127.0.0.1:1234/v1')).toBe('LM Studio');
    const first = newService('b', 'openai-compatible', 'LM Studio');
    receive([first]);
    expect(suggestName(studio, '')).toBe('LM Studio 2');
    // A service's own name does not count as taken.
    expect(suggestName({ ...studio, service: first }, '')).toBe('LM Studio');
  });
});

test.each([
  ['key_rejected', true, 'key'],
  ['unreachable', true, 'address'],
  ['unreachable', false, null],
  ['rate_limited', true, null],
] as const)(
  'a failure %s, where the address can be changed: %j, is about the field %j',
  (code, has, field) => {
    expect(fieldOf(code, has)).toBe(field);
  },
);

test('describes the number of models', () => {
  const model = (makes: 'pictures' | 'text' | null) => ({ id: 'a', label: 'a', makes });
  expect(countModels([model('pictures')])).toBe('Works, 1 model');
  expect(countModels([model(null), model(null)])).toBe('Works, 2 models');
  expect(countModels([model('pictures'), model('pictures'), model('text'), model('text')])).toBe(
    'Works, 4 models, 2 of them make pictures',
  );
  expect(countModels([model('pictures'), model(null)])).toBe('Works, 2 models, 1 of them makes pictures');
});
