// The "before" app of the benchmark: the same app, except that a reply waits for all of the work.
import { runApp } from '../../../electron/main/boot/run-app';
import { sendAndWait } from './send-and-wait';

runApp({ createSend: sendAndWait });
