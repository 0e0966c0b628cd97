import type { Role } from '#domain/catalog.ts'
import type { DemoOrganisation } from './organisations.ts'

export interface DemoAccount {
  readonly email: string
  readonly password: string
  readonly name: string
  readonly role: 'attendee' | Role
  /** Absent for attendees. */
  readonly organisation?: DemoOrganisation
}

const password = 'Marquee-Demo-2027!'

const member = (role: Role, organisation: DemoOrganisation, email: string, name: string): DemoAccount => ({
  ...{ email: `${email}@demo.marquee.test`, password, name, role, organisation },
})

/** The first account of a role belongs to the organisation whose events are listed by state. */
export const demoAccounts: readonly DemoAccount[] = [
  { email: 'attendee@demo.marquee.test', password, name: 'Ada Kowalczyk', role: 'attendee' },
  member('owner', 'almazara', 'owner', 'Lucía Vargas'),
  member('manager', 'almazara', 'manager', 'Mateo Ibáñez'),
  member('finance', 'almazara', 'finance', 'Noor El Amrani'),
  member('door', 'almazara', 'door', 'Joaquín Prieto'),
  member('owner', 'lanternHouse', 'owner.lantern', 'Imogen Clarke'),
  member('owner', 'tidewater', 'owner.tidewater', 'Marcus Webb'),
  member('owner', 'hoshizora', 'owner.hoshizora', '林 真理子'),
]

/** As the user pool takes them. */
export const demoUsers = demoAccounts.map(({ email, password: secret, name, organisation }) => ({
  email,
  password: secret,
  name,
  groups: organisation ? ['organisers'] : [],
}))
