// The codec in this process: for the importer, which is a process of its own, and for tests.
import { maxImportBytes } from '../../../shared/domain/import';
import { createCodec } from './codec';
import { maxPixels } from './inspect';
import { createKeptPictures } from './kept-pictures';
import { performCodecTask } from './perform-task';

/** A large picture is stored alone, so that it need not be decoded twice. */
const maxKeptBytes = maxPixels * 4 + maxImportBytes;

const kept = createKeptPictures(maxKeptBytes);

export const localCodec = createCodec((task) => performCodecTask(task, kept));
