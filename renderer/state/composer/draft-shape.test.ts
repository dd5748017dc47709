import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { useSettings } from '../settings/settings-store';
import { isShapeUnknown, readShape, shapeToSend } from './draft-shape';

/** The sizes of the gallery's pictures in the main process's replies. */
const { sizes, reads } = vi.hoisted(() => {
  const sizes: Record<string, { width: number; height: number }> = {};
  const reads: string[] = [];
  const request = async (_name: string, { ids }: { ids: string[] }) => {
    reads.push(...ids);
    return { ok: true, value: ids.flatMap((id) => (sizes[id] ? [{ id, ...sizes[id] }] : [])) };
  };
  const window = Object.assign(new EventTarget(), { afterimage: { request } });
  Object.assign(globalThis, { window, localStorage: { removeItem: () => {} }, location: { hash: '' } });
  return { sizes, reads };
});

useServiceDirectory([{ id: 'google', kind: 'google', name: 'Google', address: null }]);

const model = { serviceId: 'google', model: 'gemini-3.1-flash-image' };
const draft = { aspectRatio: null, followsPicture: true, references: ['portrait'] };

beforeEach(() => {
  Object.assign(sizes, { portrait: { width: 1200, height: 1800 }, strip: { width: 3000, height: 1000 } });
  reads.length = 0;
  const { settings, provider } = useSettings.getState();
  useSettings.setState({
    settings: { ...settings, aspectRatio: '16:9' },
    provider: { ...provider, id: model.serviceId, pictureModel: model.model },
  });
});

describe('a draft is sent', () => {
  test('in the shape of its first attached picture, whose size is read once, before it is sent', async () => {
    expect(isShapeUnknown(draft)).toBe(true);
    await readShape(draft);
    await readShape(draft);
    expect(isShapeUnknown(draft)).toBe(false);
    expect(shapeToSend({ ...draft, aspectRatio: '1:1' }, [model])).toBe('2:3');
    expect(shapeToSend(draft, [model])).toBe('2:3');
    expect(reads).toEqual(['portrait']);
  });

  test('in the nearest shape that the model supports', async () => {
    const wide = { ...draft, references: ['strip'] };
    await readShape(wide);
    expect(shapeToSend(wide, [model])).toBe('21:9');
  });

  test('in the chosen shape, or that of the settings, if it follows no picture', () => {
    for (const other of [
      { ...draft, references: [] },
      { ...draft, aspectRatio: '1:1' as const, followsPicture: false },
    ]) {
      expect(isShapeUnknown(other)).toBe(false);
      expect(shapeToSend(other, [model])).toBe(other.aspectRatio ?? '16:9');
    }
  });

  test('in the chosen shape if the picture is gone', async () => {
    const without = { ...draft, aspectRatio: '1:1' as const, references: ['gone'] };
    await readShape(without);
    expect(isShapeUnknown(without)).toBe(false);
    expect(shapeToSend(without, [model])).toBe('1:1');
  });
});
