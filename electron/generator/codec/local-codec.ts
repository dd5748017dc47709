// The codec in this process: for the importer, which is a process of its own, and for tests.
import { createCodec } from './codec';
import { performCodecTask } from './perform-task';

export const localCodec = createCodec((task) => performCodecTask(task));
