// Entry point of the renderer. One request loads everything that the first paint needs.
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { useProxyLogin } from '../features/network/proxy-login-store';
import { request } from '../ipc';
import { useChat } from '../state/chat/chat-store';
import { useEngine } from '../state/engine/engine-store';
import { repairPictures } from '../state/pictures/repair-pictures';
import { useProviders } from '../state/settings/providers-store';
import { reportPlace } from '../state/windows';
import { onFirstPaint } from '../ui/first-paint';
import { loadFont } from '../ui/font';
import { keepFocus } from '../ui/keep-focus';
import { quietFocus } from '../ui/quiet-focus';
import { StartFailed } from '../ui/StartFailed';
import { keepSelectionToText } from '../ui/select-text';
import { whenLoaded } from '../ui/when-loaded';
import { App } from './App';
import { applyStart } from './apply-start';
import { subscribeToEvents } from './events';
import { followDay } from './follow-day';
import { InLanguage, showLanguage } from './in-language';
import { loadLateFeatures } from './late-features';

subscribeToEvents();
const [start] = await Promise.all([request('app:start', {}), whenLoaded().then(loadFont)]);
const element = document.getElementById('root');
if (!element) throw new Error('The page has no #root.');
const root = createRoot(element);
keepFocus();
repairPictures();
keepSelectionToText();
quietFocus();
if (start.ok) {
  await showLanguage(start.value.language);
  applyStart(start.value);
  root.render(
    <InLanguage>
      <App />
    </InLanguage>,
  );
  void request('desktop:ready', {});
  void useProviders.getState().readKeys();
} else {
  root.render(<StartFailed message={start.message} />);
}
onFirstPaint(() => {
  void request('windows:painted', {});
  if (start.ok) requestIdleCallback(loadTheRest);
});

/** Loads everything that the first screen does not need. */
function loadTheRest(): void {
  reportPlace();
  void useProxyLogin.getState().read();
  followDay();
  void loadLateFeatures();
  // `app:start` loaded the end of the conversation. Earlier messages are loaded before the user scrolls to them.
  void useChat.getState().loadOlder();
  // A download of the last run may be paused, and the chat offers this computer's engine where a picture is missing.
  void useEngine.getState().read();
}
