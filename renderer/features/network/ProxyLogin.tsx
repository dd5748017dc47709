// The dialog that asks for a proxy's user name and password. Both are sent to the main process and never come back.
import { type FormEvent, useId, useRef, useState } from 'react';
import { maxProxyLoginLength, type ProxyLoginQuestion } from '../../../shared/contract/proxy';
import { t } from '../../../shared/languages/translate';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import styles from './ProxyLogin.module.css';
import { useProxyLogin } from './proxy-login-store';

export function ProxyLogin() {
  const question = useProxyLogin((state) => state.question);
  return question && <LoginDialog key={question.id} question={question} />;
}

function LoginDialog({ question }: { question: ProxyLoginQuestion }) {
  const { id, proxy, realm, refusedUsername, canRemember } = question;
  const answer = useProxyLogin((state) => state.answer);
  // The fields are uncontrolled, so that the password exists in one place only.
  const username = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [remember, setRemember] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const titleId = useId();
  const refusal = refusedUsername !== null ? t('connect.proxy_refused') : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const login = { username: username.current?.value ?? '', password: password.current?.value ?? '' };
    const found = problemOf(login);
    setProblem(found);
    if (found !== null) username.current?.focus();
    if (found === null) void answer(id, login, remember && canRemember);
  }

  return (
    <Dialog
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={() => void answer(id, null, false)}
    >
      <form onSubmit={submit} autoComplete="off" noValidate>
        <h2 id={titleId}>{t('connect.proxy_title')}</h2>
        <p>
          {realm === ''
            ? t('connect.proxy_needs_login', { proxy })
            : t('connect.proxy_needs_login_for', { proxy, realm })}
        </p>
        {(problem ?? refusal) && (
          <p className={styles['problem']} role="alert">
            {problem ?? refusal}
          </p>
        )}
        <label className={styles['label']}>
          <span>{t('connect.proxy_user_name')}</span>
          <input
            ref={username}
            className={styles['input']}
            defaultValue={refusedUsername ?? ''}
            spellCheck={false}
            autoComplete="off"
          />
        </label>
        <label className={styles['label']}>
          <span>{t('connect.proxy_password')}</span>
          <input ref={password} className={styles['input']} type="password" autoComplete="off" />
        </label>
        {canRemember ? (
          <label className={styles['check']}>
            <input
              type="checkbox"
              checked={remember}
              onChange={(event) => setRemember(event.target.checked)}
            />
            {t('connect.proxy_remember')}
          </label>
        ) : (
          <p>{t('connect.proxy_no_keychain')}</p>
        )}
        <div className={styles['buttons']}>
          <Button onClick={() => void answer(id, null, false)}>{t('ui.cancel')}</Button>
          <Button type="submit" tone="primary">
            {t('connect.proxy_sign_in')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problemOf({ username, password }: { username: string; password: string }): string | null {
  if (username === '') return t('connect.proxy_enter_user_name');
  if (username.includes(':')) return t('connect.proxy_user_name_with_colon');
  if (Math.max(username.length, password.length) <= maxProxyLoginLength) return null;
  return t('connect.proxy_login_too_long', { max: maxProxyLoginLength });
}
