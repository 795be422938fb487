import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {Button, Notice} from '../ui/parts.js';
import {dateTime} from '../words.js';
import type {User, UserPage} from './api.js';

/** The users of the installation: their roles, and whether they may sign in. */
export function Users(): JSX.Element {
  const [page, show] = useState<UserPage>();
  const [failure, fail] = useState<unknown>();
  const load = () => client.request<UserPage>('/api/v1/users?limit=100').then(show, fail);
  useEffect(() => void load(), []);

  const send = async (method: 'PATCH' | 'DELETE', user: User, body?: object) => {
    fail(undefined);
    await client.request(`/api/v1/users/${user.id}`, {method, body, once: true}).catch(fail);
    await load();
  };
  const remove = (user: User) => confirm(`Remove ${user.email} with keys and tokens?`) && void send('DELETE', user);
  return (
    <section class="card" aria-label="Users">
      <div class="card-head"><h2>Users</h2><span class="small quiet">{page?.total}</span></div>
      {failure !== undefined && <Notice kind="bad">{words(failure)}</Notice>}
      <div class="scroll"><table class="table">
        <thead><tr><th>E-mail</th><th>Role</th><th>Since</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
        <tbody>
          {page?.users.map((user) => (
            <tr key={user.id}>
              <td class="wrap">{user.email}{!user.is_active && <span class="faint small"> disabled</span>}</td>
              <td>
                <select class="input" aria-label={`Role of ${user.email}`} value={user.role}
                  onChange={(event) => void send('PATCH', user, {role: event.currentTarget.value})}>
                  {page.roles.map((role) => <option key={role} value={role}>{role}</option>)}
                </select>
              </td>
              <td class="small quiet">{dateTime(user.created_at)}</td>
              <td class="row-actions">
                <Button small onClick={() => void send('PATCH', user, {is_active: !user.is_active})}>{user.is_active ? 'Disable' : 'Enable'}</Button>
                <Button small onClick={() => void send('PATCH', user, {sign_out: true})}>Sign out everywhere</Button>
                <Button small kind="danger" onClick={() => remove(user)}>Remove</Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </section>
  );
}
