// The "before" app of the benchmark: the same app, except that a reply waits for all of the work.
import { app } from 'electron';
import { boot } from '../../../electron/main/boot/start';
import { sendAndWait } from './send-and-wait';

boot({ createSend: sendAndWait }).catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
