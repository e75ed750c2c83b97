import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../kit/button.tsx'

interface LoginFormFacts {
  busy: boolean
  onLogin(login: { user: string; password: string }): void
}

/** A name and a password for one look. The fields are emptied at once and kept nowhere. */
export function LoginForm({ busy, onLogin }: LoginFormFacts) {
  const id = useId()
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onLogin({ user, password })
    setPassword('')
  }
  return (
    <form className="console-login" onSubmit={submit}>
      <p className="panel-note">It asks for a login. What you type here is used once and kept nowhere.</p>
      <label htmlFor={`${id}-user`}>Name</label>
      <input
        id={`${id}-user`}
        className="field-input"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={user}
        onChange={({ target }) => setUser(target.value)}
      />
      <label htmlFor={`${id}-password`}>Password</label>
      <input
        id={`${id}-password`}
        className="field-input"
        type="password"
        autoComplete="off"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <Button type="submit" disabled={busy}>
        Log in and ask
      </Button>
    </form>
  )
}
