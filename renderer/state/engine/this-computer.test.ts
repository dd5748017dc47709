import { beforeEach, describe, expect, test, vi } from 'vitest';
import { engineServiceId } from '../../../shared/domain/engine';
import { newService } from '../../../shared/domain/services';
import { sentence } from '../../../shared/languages/sentence';
import { patient } from '../../../tests/harness/patient';
import { chosenFields } from '../composer/chosen-provider';
import { useDraft } from '../composer/draft-store';
import { useConnect } from '../connect-store';
import { useServices } from '../settings/services-store';
import { useEngine } from './engine-store';
import { download, engine, installed, offer, status } from './test-status';
import {
  bestOffer,
  canUseThisComputer,
  engineModelsOf,
  makePictureWith,
  readyModels,
  repairOf,
  shownDownload,
  startThisComputer,
} from './this-computer';

/** A minimal main process for this test. */
vi.hoisted(() => {
  const request = async () => ({ ok: true, value: { settings: {}, provider: { revision: 0 } } });
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
});

const slow = offer({ model: 'slow', suitability: 'slow' });
const tooLarge = offer({ model: 'large', suitability: 'no' });
const here = status({ installed: [engine, installed()], offers: [offer({ isInstalled: true })] });

describe('Use this computer', () => {
  test('is offered if a model runs, even slowly, and not if none does', () => {
    expect(canUseThisComputer(status(), false)).toBe(true);
    expect(canUseThisComputer(status({ offers: [tooLarge, slow] }), false)).toBe(true);
    expect(canUseThisComputer(status({ offers: [tooLarge] }), false)).toBe(false);
    expect(
      canUseThisComputer(status({ offers: [], unavailable: sentence('services.engine_no_models') }), false),
    ).toBe(false);
    expect(canUseThisComputer(null, false)).toBe(false);
  });

  test('is not offered in a run whose services come from the environment', () => {
    expect(canUseThisComputer(status(), true)).toBe(false);
  });

  test('is offered while a model is installed or downloading, whatever the offers', () => {
    expect(canUseThisComputer({ ...here, offers: [] }, false)).toBe(true);
    expect(canUseThisComputer(status({ offers: [], downloads: [download()] }), false)).toBe(true);
  });

  test('starts with the best model that fits', () => {
    expect(bestOffer(status({ offers: [tooLarge, slow] }))?.model).toBe('slow');
  });
});

describe('a damaged item', () => {
  const damaged = installed({ isDamaged: true });
  const again = offer({ isInstalled: false, bringsEngine: false });

  test('is not ready, and its download is offered', () => {
    const broken = status({ installed: [engine, damaged], offers: [again] });
    expect(readyModels(broken)).toEqual([]);
    expect(canUseThisComputer(broken, false)).toBe(true);
    expect(bestOffer(broken)?.model).toBe(damaged.id);
    expect(repairOf(damaged, broken)).toBe(damaged.id);
  });

  test('that is an engine is repaired with the download of an installed model', () => {
    const brokenEngine = { ...engine, isDamaged: true };
    const broken = status({ installed: [brokenEngine, installed()], offers: [offer()] });
    expect(readyModels(broken)).toEqual([]);
    expect(repairOf(brokenEngine, broken)).toBe('z-image-turbo');
    // Without a model, the engine is of no use.
    expect(repairOf(brokenEngine, { ...broken, installed: [brokenEngine] })).toBeNull();
  });

  test('has no repair button if it is downloading, intact, or the user’s own', () => {
    const broken = status({ installed: [engine, damaged], offers: [again] });
    expect(repairOf(damaged, { ...broken, downloads: [download()] })).toBeNull();
    expect(repairOf(installed(), broken)).toBeNull();
    expect(repairOf(installed({ id: 'own-x', isOwn: true, isDamaged: true }), broken)).toBeNull();
    expect(repairOf(damaged, { ...broken, offers: [{ ...again, suitability: 'no' }] })).toBeNull();
  });
});

describe('a model is ready', () => {
  test('when it and an engine are installed, most recently used first', () => {
    const older = installed({ id: 'older', lastUsedAt: 5 });
    const newer = installed({ id: 'newer', lastUsedAt: 9 });
    const all = status({ installed: [older, engine, installed(), newer], offers: [] });
    expect(readyModels(all).map(({ id }) => id)).toEqual(['newer', 'older', 'z-image-turbo']);
  });

  test('only with an engine, which may be the user’s own', () => {
    const own = installed({ id: 'mine', isOwn: true });
    expect(readyModels(status({ installed: [own] }))).toEqual([]);
    expect(readyModels(status({ installed: [own], ownEngine: '/opt/sd-server' }))).toHaveLength(1);
  });

  test('only after its download is complete', () => {
    expect(readyModels(status({ installed: [engine, installed()], offers: [offer()] }))).toEqual([]);
  });

  test('is listed with its size and its estimated time', () => {
    expect(engineModelsOf(here)).toEqual([
      { id: 'z-image-turbo', label: 'Z-Image-Turbo', bytes: 6_400_000_000, estimatedMs: 42_000 },
    ]);
  });
});

test('the download that runs is shown before those that wait for the user', () => {
  const paused = download({ model: 'a', state: 'paused' });
  const running = download({ model: 'b' });
  expect(shownDownload(status({ downloads: [paused, running] }))?.model).toBe('b');
  expect(shownDownload(status({ downloads: [paused] }))?.model).toBe('a');
  expect(shownDownload(status())).toBeNull();
});

describe('the button', () => {
  beforeEach(() => {
    const service = newService(engineServiceId, 'sd-server', 'This computer');
    useServices
      .getState()
      .receive({ services: [service], removed: [], addresses: {}, isFromEnvironment: false });
    useDraft.setState({ model: null });
    useConnect.setState({ opening: null });
  });

  test('opens the sheet with the waiting prompt if nothing is installed', () => {
    useEngine.setState({ status: status() });
    const waiting = { label: 'Send', send: vi.fn() };
    startThisComputer(waiting);
    expect(useConnect.getState().opening).toEqual({ isThisComputer: true, waiting });
    expect(waiting.send).not.toHaveBeenCalled();
  });

  test('requests the waiting picture at once if a model is installed', async () => {
    useEngine.setState({ status: here });
    const chosen = vi.fn(() => chosenFields().model);
    startThisComputer({ label: 'Send', send: chosen });
    await vi.waitFor(
      () => expect(chosen).toHaveReturnedWith({ serviceId: 'engine', model: 'z-image-turbo' }),
      patient,
    );
    expect(useConnect.getState().opening).toBeNull();
  });

  test('switches the service of the engine on', async () => {
    const list = { removed: [], addresses: {}, isFromEnvironment: false };
    const service = { ...newService(engineServiceId, 'sd-server', 'This computer'), enabled: false };
    useServices.getState().receive({ ...list, services: [service] });
    await makePictureWith({ id: 'z-image-turbo', label: 'Z-Image-Turbo' }, null);
    expect(useServices.getState().services[0]?.enabled).toBe(true);
    expect(chosenFields().model).toEqual({ serviceId: 'engine', model: 'z-image-turbo' });
  });

  test('waits for the service of the engine, which may be listed after its model', async () => {
    const { services: listed } = useServices.getState();
    const list = { removed: [], addresses: {}, isFromEnvironment: false };
    useServices.getState().receive({ ...list, services: [] });
    const then = vi.fn();
    const done = makePictureWith({ id: 'z-image-turbo', label: 'Z-Image-Turbo' }, then);
    expect(then).not.toHaveBeenCalled();
    useServices.getState().receive({ ...list, services: listed });
    await done;
    expect(then).toHaveBeenCalledOnce();
    expect(chosenFields().model).toEqual({ serviceId: 'engine', model: 'z-image-turbo' });
  });
});

describe('the status', () => {
  test('of an older revision is ignored', () => {
    useEngine.setState({ status: status({ revision: 7 }), finished: null });
    useEngine.getState().receive(status({ revision: 6, downloads: [download()] }));
    expect(useEngine.getState().status?.downloads).toEqual([]);
  });

  test('reports a finished download until the user has seen it', () => {
    useEngine.setState({ status: status({ downloads: [download()] }), finished: null });
    useEngine.getState().receive({ ...here, revision: 2 });
    expect(useEngine.getState().finished).toBe('z-image-turbo');
    useEngine.getState().receive({ ...here, revision: 3 });
    expect(useEngine.getState().finished).toBe('z-image-turbo');
    useEngine.getState().acknowledge();
    expect(useEngine.getState().finished).toBeNull();
  });

  test('takes the name and the size of a download from the last run from its offer', () => {
    const waiting = download({ label: 'z-image-turbo', state: 'paused', receivedBytes: 1e9, totalBytes: 0 });
    useEngine.setState({ status: null });
    useEngine.getState().receive(status({ downloads: [waiting], offers: [offer({ downloadBytes: 5.5e9 })] }));
    expect(useEngine.getState().status?.downloads).toMatchObject([
      { label: 'Z-Image-Turbo', receivedBytes: 1e9, totalBytes: 6.5e9 },
    ]);
  });

  test('does not report a cancelled download as finished', () => {
    useEngine.setState({ status: status({ downloads: [download()] }), finished: null });
    useEngine.getState().receive(status({ revision: 2 }));
    expect(useEngine.getState().finished).toBeNull();
  });
});
