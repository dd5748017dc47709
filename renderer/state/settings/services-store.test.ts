// Tests the names of services in the language of the interface.
import { afterEach, expect, test } from 'vitest';
import { engineServiceId, engineServiceName } from '../../../shared/domain/engine';
import { serviceOf } from '../../../shared/domain/service-directory';
import { builtInService, newService } from '../../../shared/domain/services';
import { setLanguage } from '../../../shared/languages/translate';
import { useServices } from './services-store';

const german = { 'connect.offline_painter': 'Offline-Zeichner', 'connect.this_computer': 'Dieser Computer' };

afterEach(() => setLanguage('en', {}));

const namesOf = () => useServices.getState().services.map(({ name }) => name);

test('the app’s own services have translated names, which follow the language', () => {
  const services = [builtInService('painter'), newService(engineServiceId, 'sd-server', engineServiceName)];
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
  expect(namesOf()).toEqual(['Offline painter', 'This computer']);
  setLanguage('de', german);
  expect(namesOf()).toEqual(['Offline-Zeichner', 'Dieser Computer']);
  expect(serviceOf('painter').name).toBe('Offline-Zeichner');
  setLanguage('en', {});
  expect(namesOf()).toEqual(['Offline painter', 'This computer']);
});

test('chosen names and product names are not translated', () => {
  setLanguage('de', german);
  const services = [
    { ...builtInService('painter'), name: 'My painter' },
    builtInService('openai'),
    newService('mine', 'sd-server', 'This computer'),
    newService('other', 'comfyui', 'Offline painter'),
  ];
  useServices.getState().receive({ services, removed: [], addresses: {}, isFromEnvironment: false });
  expect(namesOf()).toEqual(['My painter', 'OpenAI', 'This computer', 'Offline painter']);
});

test('an address of the environment is in use, and is not saved as the service’s own', () => {
  const addresses = { openai: 'http://127.0.0.1:9/v1' };
  useServices
    .getState()
    .receive({ services: [builtInService('openai')], removed: [], addresses, isFromEnvironment: false });
  expect(serviceOf('openai').address).toBe('http://127.0.0.1:9/v1');
  expect(useServices.getState().services[0]?.address).toBeNull();
});
