// The registry and the list of kinds agree on what can be asked.
import { expect, test } from 'vitest';
import { knownServices } from '../../../shared/domain/known-services';
import { serviceKindIds, unsupportedKinds } from '../../../shared/domain/service-kinds';
import { wireOf } from './registry';

test.each(serviceKindIds)('%s can be asked, or is listed as unsupported', (kind) => {
  expect(wireOf(kind) === undefined).toBe(unsupportedKinds.includes(kind));
});

test.each(serviceKindIds.filter((kind) => kind !== 'painter'))('%s can be found by name', (kind) => {
  expect(knownServices.some((known) => known.kind === kind)).toBe(true);
});
