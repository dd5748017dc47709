// The codec in this process: for the importer, which is a process of its own, and for tests.
import { createCodec } from './codec';
import { createKeptPictures } from './kept-pictures';
import { performCodecTask } from './perform-task';

const kept = createKeptPictures();

export const localCodec = createCodec((task) => performCodecTask(task, kept));
