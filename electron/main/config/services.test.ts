// The services of a run: adding, changing, removing and ordering them, and what the environment changes.
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { priceOf } from '../../../shared/domain/model-lookup';
import { serviceOf, useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService, type Service } from '../../../shared/domain/services';
import type { Store } from '../db/open';
import { createTestContext } from '../test-support/test-context';
import { chooseProvider } from './choose-provider';
import { readEnvironment } from './environment';
import { configureService } from './service-configuration';
import { type EnginePresence, noEngine } from './service-list';
import { createServices, type Services } from './services';

let store: Store;
let services: Services;

beforeEach(() => {
  store = createTestContext().store;
  services = open();
});

// The directory belongs to the process, and other tests expect the services of every installation.
afterEach(() => {
  useServiceDirectory(builtInServiceIds.map(builtInService));
  store.close();
});

function open(variables: Record<string, string> = {}, run: readonly Service[] | null = null): Services {
  return createServices({ store, environment: readEnvironment(variables), run, now: () => 1 });
}

/** Returns the value of a result that has to be good. */
function good<Value>(result: { ok: true; value: Value } | { ok: false; code: string }): Value {
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

const names = () => services.list().map(({ name }) => name);

function keysOf(get: (id: string) => string | null) {
  return { get, heldFor: () => null, takesEnvironment: () => true };
}

describe('two accounts of one kind', () => {
  test('stand side by side, each with its own key, address, models and limits', () => {
    const work = good(services.add({ kind: 'openai', name: 'Work', pictureModel: 'gpt-image-2.6-flare' }));
    expect(work.id).toBe('openai-2');
    good(services.change('openai-2', { address: 'https://work.example/v1' }));
    good(
      services.change('openai', { limits: { perMinute: 1, perDay: 2 }, headers: { 'X-Project': 'home' } }),
    );
    expect(services.find('openai')).toMatchObject({
      address: null,
      limits: { perDay: 2 },
      pictureModel: null,
    });
    expect(open().find('openai-2')).toMatchObject({ address: 'https://work.example/v1', limits: null });
    const keyOf = (id: string) => ({ openai: 'home-key', 'openai-2': 'work-key' })[id] ?? null;
    const configured = services
      .effective()
      .filter(({ kind }) => kind === 'openai')
      .map((service) =>
        configureService(service, readEnvironment({}), keysOf(keyOf), { allowPrivate: false, workflows: [] }),
      );
    expect(configured).toMatchObject([
      { id: 'openai', apiKey: 'home-key', baseUrl: null, headers: { 'X-Project': 'home' } },
      { id: 'openai-2', apiKey: 'work-key', baseUrl: 'https://work.example/v1', headers: {} },
    ]);
  });

  test('never share an id, also if one was removed', () => {
    good(services.add({ kind: 'openai', name: 'Work' }));
    good(services.remove('openai-2'));
    expect(good(services.add({ kind: 'openai', name: 'Another' })).id).toBe('openai-3');
  });
});

test('a removed service keeps its name for history, and can be restored', () => {
  good(services.add({ kind: 'openai', name: 'Work', address: 'https://work.example/v1' }));
  store.settings.write({ provider: 'openai-2' });
  good(services.remove('openai-2'));
  expect(names()).not.toContain('Work');
  expect(serviceOf('openai-2').name).toBe('Work');
  expect(store.settings.read().provider).toBe('automatic');
  expect(good(services.restore('openai-2'))).toMatchObject({
    name: 'Work',
    address: 'https://work.example/v1',
  });
  expect(names()).toContain('Work');
});

test('no two services have the same name, however they come by it', () => {
  const first = good(services.add({ kind: 'openai', name: 'Work' }));
  const second = good(services.add({ kind: 'openai', name: ' work ' }));
  expect([first.name, second.name]).toEqual(['Work', 'work 2']);
  expect(good(services.change(second.id, { name: 'Offline painter' })).name).toBe('Offline painter 2');
  // Its own name is free to it.
  expect(good(services.change(first.id, { name: 'Work' })).name).toBe('Work');
  good(services.remove(first.id));
  expect(good(services.change(second.id, { name: 'Work' })).name).toBe('Work');
  expect(good(services.restore(first.id)).name).toBe('Work 2');
  expect(open().find(first.id)?.name).toBe('Work 2');
  // Those of a file keep their own, but for a number.
  const run = open({}, [newService('a', 'xai', 'Mine'), newService('b', 'xai', 'Mine')]);
  expect(run.list().map(({ name }) => name)).toEqual(['Mine', 'Mine 2']);
});

test('a name that was made from the address follows it, and one that the user has given does not', () => {
  const made = good(
    services.add({ kind: 'openai-compatible', name: '10.0.0.7:4000', address: 'http://10.0.0.7:4000/v1' }),
  );
  expect(good(services.change(made.id, { address: 'https://api.studio.example/v1' })).name).toBe(
    'studio.example',
  );
  const second = good(
    services.add({ kind: 'openai-compatible', name: '10.0.0.8', address: 'http://10.0.0.8/v1' }),
  );
  // Another service has that name, so it gets a number, and follows all the same.
  expect(good(services.change(second.id, { address: 'https://studio.example' })).name).toBe(
    'studio.example 2',
  );
  expect(good(services.change(second.id, { address: 'http://10.0.0.9' })).name).toBe('10.0.0.9');
  expect(good(services.change(second.id, { name: 'Studio', address: 'http://10.0.0.8' })).name).toBe(
    'Studio',
  );
  expect(good(services.change(second.id, { address: 'http://10.0.0.9' })).name).toBe('Studio');
});

test('the painter can neither be removed nor switched off', () => {
  expect(services.remove('painter')).toMatchObject({ ok: false, code: 'service_needed' });
  expect(services.change('painter', { enabled: false })).toMatchObject({ ok: false, code: 'service_needed' });
});

test('a hosted service at a private address is refused, a server of the user’s own is not', () => {
  const address = 'http://192.168.1.7/v1';
  expect(services.change('google', { address })).toMatchObject({ ok: false, code: 'private_address' });
  expect(services.add({ kind: 'openai', name: 'A', address })).toMatchObject({ code: 'private_address' });
  expect(services.add({ kind: 'openai-compatible', name: 'B', address })).toMatchObject({ ok: true });
  store.settings.write({ allowPrivateAddresses: true });
  expect(services.change('google', { address })).toMatchObject({ ok: true });
});

test('a key goes to its service’s own address only, not to the usual one of its kind', () => {
  const configure = (allowPrivate: boolean) => {
    const service = { ...newService('mine', 'google', 'Mine'), address: 'http://10.0.0.7/v1' };
    const run = { ...service, isAddressFromEnvironment: false, headerOrigins: [] };
    return configureService(
      run,
      readEnvironment({}),
      keysOf(() => 'key'),
      { allowPrivate, workflows: [] },
    );
  };
  expect(configure(true)).toMatchObject({ apiKey: 'key', baseUrl: 'http://10.0.0.7/v1' });
  expect(configure(false)).toMatchObject({ apiKey: null, baseUrl: null });
});

test('an order is kept, and services that it does not name come last', () => {
  good(services.order(['imagen', 'openai', 'unknown', 'imagen']));
  expect(
    open()
      .list()
      .map(({ id }) => id),
  ).toEqual(['imagen', 'openai', 'painter', 'google', 'automatic1111']);
});

test('every change is told to those that listen', () => {
  const seen: string[] = [];
  services.on(() => seen.push(names().join()));
  good(services.change('google', { name: 'Mine' }));
  services.change('google', { address: 'http://127.0.0.1' });
  expect(seen).toEqual([names().join()]);
});

describe('the price', () => {
  test('of a picture from a server of the user’s own is nothing, whatever its model is called', () => {
    expect(priceOf('openai', 'gpt-image-2')).toBe(52_700);
    services = open({ OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1' });
    expect(priceOf('openai', 'gpt-image-2')).toBe(0);
    const local = good(
      services.add({ kind: 'openai-compatible', name: 'Home', address: 'http://10.0.0.2:8080/v1' }),
    );
    expect(priceOf(local.id, 'gpt-image-2', { aspectRatio: '16:9' })).toBe(0);
    expect(serviceOf(local.id)).toMatchObject({ free: true, needsKey: false, local: false });
  });

  test('belongs to the service: a name means nothing elsewhere', () => {
    const other = good(
      services.add({ kind: 'openai-compatible', name: 'Proxy', address: 'https://proxy.example/v1' }),
    );
    expect(priceOf(other.id, 'gpt-image-2')).toBeNull();
    expect(serviceOf(other.id)).toMatchObject({ free: false, needsKey: true });
  });

  test('of a hosted service at a private address stays what it is', () => {
    services = open({ GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:9' });
    expect(priceOf('google', 'gemini-nano-banana-2.1')).toBe(33_600);
  });
});

describe('the environment', () => {
  test('sets an address for this run without saving it', () => {
    services = open({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' });
    expect(services.find('openai')?.address).toBeNull();
    expect(services.effective().find(({ id }) => id === 'openai')).toMatchObject({
      ...{ address: 'http://127.0.0.1:1/v1', isAddressFromEnvironment: true },
    });
    good(services.change('openai', { name: 'Mine' }));
    expect(store.services.list().find(({ id }) => id === 'openai')).toMatchObject({
      name: 'Mine',
      address: null,
    });
  });

  test('puts a removed service in use for a run that names it, without saving it', () => {
    good(services.change('openai', { pictureModel: 'x' }));
    good(services.remove('openai'));
    services = open({ AFTERIMAGE_PROVIDER: 'openai', OPENAI_API_KEY: 'key' });
    const active = chooseProvider(services, store.settings.read(), () => true);
    expect(active).toMatchObject({ id: 'openai', reason: 'environment', pictureModel: 'x' });
    services = open();
    expect(services.find('openai')).toBeUndefined();
  });

  test('adds ComfyUI beside another service that is in use', () => {
    services = open({ COMFYUI_BASE_URL: 'http://127.0.0.1:8188', AFTERIMAGE_PROVIDER: 'painter' });
    expect(names()).toContain('ComfyUI');
  });

  test('adds ComfyUI for a run that names its address', () => {
    expect(names()).not.toContain('ComfyUI');
    services = open({ COMFYUI_BASE_URL: 'http://127.0.0.1:8188', AFTERIMAGE_PROVIDER: 'comfyui' });
    expect(names()).toContain('ComfyUI');
    expect(services.fromEnvironment()).toBe('comfyui');
    expect(serviceOf('comfyui')).toMatchObject({ local: true, free: true, address: 'http://127.0.0.1:8188' });
  });

  test('keeps the name of what it adds, because messages refer to it from the first one on', () => {
    services = open({ COMFYUI_BASE_URL: 'http://127.0.0.1:8188' });
    expect(store.services.list()).toContainEqual(
      expect.objectContaining({ id: 'comfyui', address: null, removedAt: 1 }),
    );
    services = open();
    expect(names()).not.toContain('ComfyUI');
    expect(serviceOf('comfyui').name).toBe('ComfyUI');
  });
});

describe('AFTERIMAGE_SERVICES', () => {
  const run = [newService('a', 'google', 'Mine'), newService('google', 'openai', 'Other')];

  test('replaces the saved services for this run, the first of them in use', () => {
    services = open({}, run);
    expect(names()).toEqual(['Mine', 'Other']);
    const active = chooseProvider(services, store.settings.read(), () => false);
    expect(active).toMatchObject({ id: 'a', reason: 'environment', pictureModel: 'gemini-nano-banana-2.1' });
    expect(serviceOf('google')).toMatchObject({ kind: 'openai', name: 'Other' });
  });

  test('lets the user choose another one of them', () => {
    services = open({}, run);
    store.settings.write({ provider: 'google' });
    expect(chooseProvider(services, store.settings.read(), () => false)).toMatchObject({ id: 'google' });
  });

  test('saves nothing but the names that history needs', () => {
    services = open({}, run);
    good(services.change('a', { pictureModel: 'x' }));
    expect(services.find('a')?.pictureModel).toBe('x');
    expect(services.add({ kind: 'fal', name: 'No' })).toMatchObject({ code: 'services_from_environment' });
    expect(services.remove('a')).toMatchObject({ code: 'services_from_environment' });
    services = open();
    expect(names()).toEqual([
      'Offline painter',
      'Google',
      'OpenAI',
      'Stable Diffusion web UI',
      'Imagen on Vertex AI',
    ]);
    expect(serviceOf('a')).toMatchObject({ name: 'Mine', kind: 'google' });
    expect(serviceOf('google')).toMatchObject({ name: 'Google', kind: 'google' });
    onTestFinished(() => {});
  });
});

describe('the engine on this computer', () => {
  let engine: EnginePresence;
  const withEngine = (run: readonly Service[] | null = null) =>
    createServices({ store, environment: readEnvironment({}), run, engine: () => engine, now: () => 1 });
  const configured = (of: Services) =>
    of
      .effective()
      .filter(({ id }) => id === 'engine')
      .map((service) =>
        configureService(
          service,
          readEnvironment({}),
          keysOf(() => null),
          { allowPrivate: false, workflows: [] },
        ),
      );

  beforeEach(() => {
    engine = { isPresent: true, canRun: true, models: ['a', 'b'], address: null };
  });

  test('is a service while a model is there, free and without a key', () => {
    engine = noEngine;
    const opened = withEngine();
    opened.onEngine(false);
    expect(opened.find('engine')).toBeUndefined();
    engine = { isPresent: true, canRun: true, models: ['a'], address: null };
    opened.onEngine(true);
    expect(opened.list().at(-1)).toMatchObject({ id: 'engine', kind: 'sd-server', name: 'This computer' });
    expect(serviceOf('engine')).toMatchObject({
      free: true,
      local: true,
      needsKey: false,
      name: 'This computer',
    });
    engine = noEngine;
    opened.onEngine(true);
    expect(opened.find('engine')).toBeUndefined();
    // History still has its name.
    expect(serviceOf('engine').name).toBe('This computer');
  });

  test('keeps the chosen model while it is installed, and has another one otherwise', () => {
    const opened = withEngine();
    opened.onEngine(false);
    expect(opened.find('engine')?.pictureModel).toBe('a');
    good(opened.change('engine', { pictureModel: 'b' }));
    expect(withEngine().find('engine')?.pictureModel).toBe('b');
    engine = { ...engine, models: ['c'] };
    expect(opened.find('engine')?.pictureModel).toBe('c');
  });

  test('is asked at the address of its server alone, and at none while none runs', () => {
    const opened = withEngine();
    opened.onEngine(false);
    good(opened.change('engine', { address: 'http://127.0.0.1:1234' }));
    expect(configured(opened)).toMatchObject([{ baseUrl: 'http://127.0.0.1:0' }]);
    engine = { ...engine, address: 'http://127.0.0.1:40123' };
    expect(configured(opened)).toMatchObject([{ baseUrl: 'http://127.0.0.1:40123' }]);
  });

  test('comes back after its removal with a new model, and not by itself', () => {
    const opened = withEngine();
    opened.onEngine(false);
    good(opened.remove('engine'));
    const again = withEngine();
    again.onEngine(false);
    expect(again.find('engine')).toBeUndefined();
    again.onEngine(true);
    expect(again.find('engine')).toBeDefined();
  });

  test('leaves a run with services of its own alone, also one with its id', () => {
    const own = { ...newService('engine', 'openai', 'Mine'), address: 'http://127.0.0.1:9/v1' };
    const opened = withEngine([own]);
    opened.onEngine(true);
    expect(opened.list()).toEqual([own]);
    expect([opened.ownsEngine('engine'), opened.canRunEngine()]).toEqual([false, false]);
    expect(configured(opened)).toMatchObject([{ kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1' }]);
    const later = withEngine();
    later.onEngine(false);
    expect(later.find('engine')).toMatchObject({ kind: 'sd-server', name: 'This computer', address: null });
  });
});
