// Runs the codec in the calling process: for the importer, which is isolated itself, and for tests.
import { maxImportBytes } from '../../../shared/domain/import';
import { createCodec } from './codec';
import { maxPixels } from './inspect';
import { createKeptPictures } from './kept-pictures';
import { performCodecTask } from './perform-task';

/** Enough for the largest picture, which the importer stores alone, so that it is decoded only once. */
const maxKeptBytes = maxPixels * 4 + maxImportBytes;

const kept = createKeptPictures(maxKeptBytes);

export const localCodec = createCodec((task) => performCodecTask(task, kept));
