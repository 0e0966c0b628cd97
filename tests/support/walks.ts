import { expect, type Page } from '@playwright/test'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'

/** What people do on several screens, for the walks in tests/e2e. */

export function demoEvent(info: LocalInfo, state: string) {
  const found = info.demo.events.find((event) => event.state === state)
  if (!found) throw new Error(`the demo has no event that is ${state}`)
  return found
}

export async function signIn(page: Page, info: LocalInfo, role: string, next: string): Promise<void> {
  const account = info.demo.accounts.find((one) => one.role === role)
  if (!account) throw new Error(`the demo has no ${role}`)
  await signInAs(page, info, account.email, next)
}

export async function signInAs(page: Page, info: LocalInfo, email: string, next: string): Promise<void> {
  const account = info.demo.accounts.find((one) => one.email === email)
  if (!account) throw new Error(`the demo has no ${email}`)
  await page.goto(`/sign-in/?next=${encodeURIComponent(next)}`)
  const form = page.locator('form:visible')
  await form.getByLabel('E-mail').fill(account.email)
  await form.getByLabel('Password').fill(account.password)
  await form.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(next)
}

/** Chooses tickets on an event's page and gives the buyer's details; ends where `Pay` was pressed. */
export async function orderTickets(page: Page, types: Record<string, number>, buyer: { name: string; email: string }) {
  for (const [type, quantity] of Object.entries(types)) {
    const more = page.getByRole('button', { name: `One more: ${type}`, exact: true })
    for (let count = 0; count < quantity; count++) await more.click()
  }
  await page.getByRole('button', { name: 'Check out' }).click()
  await page.getByLabel('Your name').fill(buyer.name)
  await page.getByLabel('E-mail', { exact: true }).fill(buyer.email)
  await page.locator('form.checkout button[type=submit]').click()
}

export async function payByCard(page: Page, card = '4242 4242 4242 4242'): Promise<void> {
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry').fill('12/34')
  await page.getByLabel('CVC').fill('123')
  await page.getByLabel('Name on card').fill('Ana Müller')
  await page.getByRole('button', { name: /^Pay/ }).click()
}

export async function expectTickets(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('link', { name: 'Download PDF' })).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('li.ticket')).toHaveCount(count)
}

/** The PDF behind the order page's link, wherever the redirect leads. */
export async function downloadPdf(page: Page): Promise<Uint8Array> {
  const href = await page.getByRole('link', { name: 'Download PDF' }).getAttribute('href')
  if (!href) throw new Error('the link to the PDF leads nowhere')
  const response = await page.request.get(href)
  expect(response.status()).toBe(200)
  expect(response.headers()['content-type']).toBe('application/pdf')
  return response.body()
}

export interface SentMail {
  readonly subject: string
  readonly destination: { readonly to: readonly string[] }
  readonly body: { readonly text: string; readonly html: string }
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: string }[]
}

export async function mailsTo(info: LocalInfo, email: string): Promise<SentMail[]> {
  const { emails }: { emails: SentMail[] } = await (await fetch(`${info.mail}/store`)).json()
  return emails.filter(({ destination }) => destination.to.some((to) => to.includes(email)))
}

export const someAddress = (name: string): string => `${name}-${crypto.randomUUID().slice(0, 8)}@people.example`

/** Opens the scanner for an event at a gate. */
export async function openDoor(page: Page, info: LocalInfo, eventId: string, gate: string): Promise<void> {
  await signIn(page, info, 'door', `/door/?event=${eventId}`)
  await page.getByLabel('Gate').fill(gate)
  await page.getByRole('button', { name: 'Start scanning' }).click()
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Ticket code or number').fill(code)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
}
