// Exposes the bridge to the main process in the page: request(), on(), and offer() and attach() for files.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { AfterimageBridge } from '../../shared/contract';

// Repeated here, because importing the contract would bundle its schemas into the preload script.
const requestChannel: typeof import('../../shared/contract').requestChannel = 'afterimage:request';
const eventChannel: typeof import('../../shared/contract').eventChannel = 'afterimage:event';
const offerChannel: typeof import('../../shared/contract').offerChannel = 'afterimage:offer';
const attachChannel: typeof import('../../shared/contract').attachChannel = 'afterimage:attach';
/** The main process checks it again. */
const maxPastedBytes: typeof import('../../shared/contract').maxPastedBytes = 104_857_600;

const bridge: AfterimageBridge<File> = {
  request: (name, input) => ipcRenderer.invoke(requestChannel, name, input),
  on(name, listener) {
    const receive = (_event: unknown, eventName: unknown, payload: Parameters<typeof listener>[0]) => {
      if (eventName === name) listener(payload);
    };
    ipcRenderer.on(eventChannel, receive);
    return () => {
      ipcRenderer.off(eventChannel, receive);
    };
  },
  // Electron returns an empty path for a File that a script has created.
  offer(files) {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke(offerChannel, paths);
  },
  // A pasted picture has no file. Bytes over the limit are not copied; the main process refuses the first of them.
  async attach(file) {
    const path = webUtils.getPathForFile(file);
    const picture =
      path === ''
        ? { name: file.name, bytes: new Uint8Array(await file.slice(0, maxPastedBytes + 1).arrayBuffer()) }
        : { path };
    return ipcRenderer.invoke(attachChannel, picture);
  },
};

// The page subscribes to more events than Node's default limit, which warns of a leak.
ipcRenderer.setMaxListeners(100);

contextBridge.exposeInMainWorld('afterimage', bridge);
