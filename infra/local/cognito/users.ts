import { randomUUID } from 'node:crypto'
import type { Services } from 'cognito-local/lib/services/index.js'
import type { UserPoolService } from 'cognito-local/lib/services/userPoolService.js'
import { context } from './services.ts'

export type SeededUser = {
  email: string
  password: string
  name: string
  groups: readonly string[] /** A UUID. */
  id?: string
}

export function userSeeder({ clock }: Services, pool: UserPoolService) {
  return async ({ email, password, name, groups, id }: SeededUser): Promise<{ id: string }> => {
    const existing = await pool.getUserByUsername(context, email.toLowerCase())
    const now = clock.get()
    const sub = existing?.Username ?? id ?? randomUUID()
    const attributes = { sub, email: email.toLowerCase(), email_verified: 'true', name }
    const user = {
      Username: sub,
      Password: password,
      Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      Enabled: true,
      UserStatus: 'CONFIRMED',
      RefreshTokens: existing?.RefreshTokens ?? [],
      UserCreateDate: existing?.UserCreateDate ?? now,
      UserLastModifiedDate: now,
    }
    await pool.saveUser(context, user)
    for (const GroupName of groups) {
      const group = (await pool.getGroupByGroupName(context, GroupName)) ?? {
        GroupName,
        CreationDate: now,
        LastModifiedDate: now,
      }
      await pool.addUserToGroup(context, group, user)
    }
    return { id: sub }
  }
}
