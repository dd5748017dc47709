// What leaves this computer, in plain words, and the settings that bear on it.
import { serviceOf } from '../../../shared/domain/service-directory';
import { useSettings } from '../../state/settings/settings-store';
import { Switch } from '../../ui/Switch';
import { Setting } from './Choice';
import styles from './Choice.module.css';

/** macOS checks spelling without a download and has its own setting. */
const checksBySystem = navigator.userAgent.includes('Macintosh');

export function PrivacySection() {
  const { settings, provider, change } = useSettings();
  const { name } = serviceOf(provider.id);
  return (
    <>
      <Setting id="leaves" title="What leaves this computer">
        <ul className={styles['facts']}>
          <li>
            <strong>What you ask for.</strong>{' '}
            {provider.id === 'painter'
              ? 'Nothing now: the offline painter works on this computer. A service that you choose receives what is listed here.'
              : `It goes to the service that you have chosen, now ${name}, and to no other one: your prompt, the pictures that you attach with all that their files contain, such as the place where a photo was taken, the earlier messages of a conversation that it replies to, and your key.`}
          </li>
          <li>
            <strong>A question about the service.</strong> “Test”, “Connect”, “Refresh the list” and the list
            of models ask your services whether they work and which models they have.
          </li>
          {settings.prefetchBilled && (
            <li>
              <strong>What you write, before you send it.</strong> “Prefetch at billed services” is on, so a
              pause while you describe a picture may request it.
            </li>
          )}
          {settings.checkForUpdates && (
            <li>
              <strong>The check for a newer version,</strong> daily, in copies that are installed with it. It
              asks for the newest version and sends nothing about you.
            </li>
          )}
          <li>
            <strong>A link that you open</strong> goes to your browser.
          </li>
          {settings.checkSpelling && !checksBySystem && (
            <li>
              <strong>The download of dictionaries</strong> from Google, because “Check spelling” is on. Your
              text is not sent.
            </li>
          )}
          <li>
            <strong>Nothing else.</strong> There is no telemetry. Pictures, conversations, logs and crash
            reports stay on this computer, and a key is stored only as its keychain has encrypted it.
          </li>
        </ul>
      </Setting>
      <Setting id="checkForUpdates">
        <Switch
          label="Check for a newer version daily"
          checked={settings.checkForUpdates}
          note="Nothing is downloaded or installed without you. Off: “About” has a button to look for one."
          onChange={(checkForUpdates) => change({ checkForUpdates })}
        />
      </Setting>
      {!checksBySystem && (
        <Setting id="checkSpelling">
          <Switch
            label="Check spelling"
            checked={settings.checkSpelling}
            note="Downloads dictionaries for your languages from Google once. Your text is checked on this computer."
            onChange={(checkSpelling) => change({ checkSpelling })}
          />
        </Setting>
      )}
      <Setting id="promptInNotifications">
        <Switch
          label="Show the prompt in notifications"
          checked={settings.promptInNotifications}
          disabled={!settings.notifications}
          note={
            settings.notifications
              ? 'Anyone who sees your screen can read it.'
              : 'Notifications are off: see Appearance.'
          }
          onChange={(promptInNotifications) => change({ promptInNotifications })}
        />
      </Setting>
      <Setting id="embedRecipes">
        <Switch
          label="Put the recipe into saved copies"
          checked={settings.embedRecipes}
          note="A recipe is the prompt, model, seed, shape and date. Whoever gets the copy can read it. Drop such a file on Afterimage to restore its recipe in the composer. Off: the copy is identical to the stored file."
          onChange={(embedRecipes) => change({ embedRecipes })}
        />
      </Setting>
    </>
  );
}
