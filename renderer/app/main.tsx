// The renderer starts here. One request loads everything that the first paint needs.
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { startEdits } from '../features/chat/user-message/edit-store';
import { useProxyLogin } from '../features/network/proxy-login-store';
import { useNotices } from '../features/notices/notice-store';
import { request } from '../ipc';
import { useChat } from '../state/chat/chat-store';
import { startDraft } from '../state/composer/keep-draft';
import { useEngine } from '../state/engine/engine-store';
import { useProviders } from '../state/settings/providers-store';
import { useServices } from '../state/settings/services-store';
import { useSettings } from '../state/settings/settings-store';
import { useViewState } from '../state/view-state';
import { reportWhatIsShown } from '../state/windows';
import { onFirstPaint } from '../ui/first-paint';
import { loadFont } from '../ui/font';
import { keepFocus } from '../ui/keep-focus';
import { StartFailed } from '../ui/StartFailed';
import { App } from './App';
import { subscribeToEvents } from './events';
import { InLanguage, showLanguage } from './in-language';
import { loadLateFeatures } from './late-features';

const element = document.getElementById('root');
if (!element) throw new Error('The page has no #root.');
const root = createRoot(element);

subscribeToEvents();
keepFocus();
const [start] = await Promise.all([request('app:start', {}), loadFont()]);
if (start.ok) {
  await showLanguage(start.value.language);
  useServices.getState().receive(start.value.services);
  useSettings.getState().start(start.value);
  useViewState.getState().start(start.value);
  useChat.getState().start(start.value);
  startDraft(start.value);
  startEdits(start.value);
  useNotices.getState().receive(start.value);
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

/** Everything that the first screen does without. */
function loadTheRest(): void {
  reportWhatIsShown();
  void useProxyLogin.getState().read();
  void loadLateFeatures();
  // `app:start` loaded the end of the conversation. Earlier messages are loaded before the user scrolls to them.
  void useChat.getState().loadOlder();
  // A download of the last run may be paused, and what this computer can do is offered where a picture is missing.
  void useEngine.getState().read();
}
