import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rememberModels } from '../../../shared/domain/listed-models';
import { builtInService, newService, type Service } from '../../../shared/domain/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { selectModel } from './model-lifecycle';
import { useServices } from './services-store';
import { useSettings } from './settings-store';

const google = builtInService('google');
const vertex = newService('vertex', 'vertex', 'Vertex AI');
const imagen = builtInService('imagen');
const ownServer = newService('own', 'openai-compatible', 'Own server');
const lister = newService('lister', 'openrouter', 'OpenRouter');

/** The changes that were sent to the main process. */
let changes: unknown[];

beforeEach(() => {
  changes = [];
  const { provider } = useSettings.getState();
  const request = async (name: string, input: { id?: string }) => {
    changes.push([name, input]);
    const settings = { settings: { ...defaultSettings, ...input }, provider };
    return { ok: true, value: name === 'settings:set' ? settings : null };
  };
  vi.stubGlobal('window', { afterimage: { request } });
});

afterEach(() => {
  rememberModels('lister', 'openrouter', []);
  vi.unstubAllGlobals();
});

function haveServices(...services: Service[]): void {
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
}

const picture = (id: string, pictureModel: string) => ['services:change', { id, changes: { pictureModel } }];

test.each([
  ['vertex', 'gemini-nano-banana-2.1'],
  ['vertex', 'gemini-3-pro-image'],
  ['google', 'gemini-3-pro-image'],
  ['own', 'a-model-of-its-own'],
])('%s stays in use with %s, which it has', async (preferred, model) => {
  haveServices(google, vertex, imagen, ownServer);
  expect(await selectModel(model, preferred)).toBe(true);
  expect(changes).toEqual([picture(preferred, model)]);
});

test('a service that lists another service’s model also stays in use', async () => {
  haveServices(google, lister);
  const listed = { id: 'gemini-3-pro-image', label: 'Nano Banana Pro', makes: 'pictures' } as const;
  rememberModels('lister', 'openrouter', [listed]);
  expect(await selectModel('gemini-3-pro-image', 'lister')).toBe(true);
  expect(changes).toEqual([picture('lister', 'gemini-3-pro-image')]);
});

test('selects an enabled service that has the model if the current one does not', async () => {
  haveServices(imagen, { ...google, enabled: false }, vertex);
  expect(await selectModel('gemini-3-pro-image', 'imagen')).toBe(true);
  expect(changes).toEqual([
    picture('vertex', 'gemini-3-pro-image'),
    ['settings:set', { provider: 'vertex' }],
  ]);
});

test('changes nothing if no service has the model', async () => {
  haveServices(imagen);
  expect(await selectModel('gemini-3-pro-image', 'imagen')).toBe(false);
  expect(changes).toEqual([]);
});
