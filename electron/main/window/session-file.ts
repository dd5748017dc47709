// Keeps the windows of a session in window.json: where each one is, and what it shows.
import path from 'node:path';
import { z } from 'zod';
import { maxWindows, type WindowPlace, windowPlaceSchema } from '../../../shared/domain/windows';
import { readJsonSync } from '../../files/read-regular';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import { type WindowState, windowStateSchema } from './window-state';

/** `state` is the saved value, which may be anything: restoreWindowState() validates it. */
export type SavedWindow = { state: unknown; place: WindowPlace };

/** The first window's fields are at the top level, where they were when the app had only one window. */
const fileSchema = z.object({ place: z.unknown().optional(), others: z.array(z.unknown()).catch([]) });
const otherSchema = windowStateSchema.extend({ place: windowPlaceSchema });

export const newPlace: WindowPlace = { openChat: null, view: 'chat', galleryPlace: null };

/** Returns the windows of the last session, the first one first. There is always one, which may have no state. */
export function readSession(dataFolder: string): [SavedWindow, ...SavedWindow[]] {
  const saved = readJson(fileIn(dataFolder));
  const parsed = fileSchema.safeParse(saved);
  if (!parsed.success) return [{ state: saved, place: newPlace }];
  const place = windowPlaceSchema.safeParse(parsed.data.place);
  const others = parsed.data.others.flatMap((each) => {
    const { success, data } = otherSchema.safeParse(each);
    return success ? { state: data, place: data.place } : [];
  });
  return [{ state: saved, place: place.success ? place.data : newPlace }, ...others.slice(0, maxWindows - 1)];
}

/** Writes synchronously because the process may be ending. */
export function writeSession(
  dataFolder: string,
  [first, ...others]: readonly { state: WindowState; place: WindowPlace }[],
): void {
  if (!first) return;
  const flat = ({ state, place }: typeof first) => ({ ...state, place });
  try {
    const text = JSON.stringify({ ...flat(first), others: others.map(flat) });
    writeAtomicallySync(fileIn(dataFolder), text, { isDurable: false });
  } catch (error) {
    console.error('Could not save the windows:', error);
  }
}

function fileIn(dataFolder: string): string {
  return path.join(dataFolder, 'window.json');
}

function readJson(file: string): unknown {
  try {
    return readJsonSync(file);
  } catch {
    // The first start, or a file that was left empty by a power loss.
    return null;
  }
}
