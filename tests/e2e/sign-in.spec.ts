import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { expect, test } from '#tests/support/browser.ts'

/** What the user pool refuses on purpose here, the browser reports as a failed request. */
test.use({ allowedErrors: [/status of 400/] })

const password = 'a password of some length'

const onScreen = (page: Page, name: string) =>
  page.locator('form:visible').filter({ has: page.getByRole('heading', { name }) })

interface Inbox {
  readonly emails: readonly {
    readonly destination: { readonly to: readonly string[] }
    readonly body: { readonly text: string }
  }[]
}

/** The code in the `nth` mail, counted from 1, that an address was sent. */
async function codeIn(info: LocalInfo, nth: number, email: string): Promise<string> {
  let code: string | undefined
  await expect(async () => {
    const { emails }: Inbox = await (await fetch(`${info.mail}/store`)).json()
    const mail = emails.filter(({ destination }) => destination.to.some((to) => to.includes(email)))[nth - 1]
    code = /\b(\d{6})\b/.exec(mail?.body.text ?? '')?.[1]
    expect(code).toBeDefined()
  }).toPass()
  return code ?? ''
}

test('a stranger signs up with the code from the inbox, signs out, forgets the password, and gets in again', async ({
  page,
  context,
  info,
}) => {
  const email = `stranger-${randomUUID().slice(0, 8)}@people.example`
  await page.goto('/sign-in/?next=/account/')
  await page.getByRole('button', { name: 'Create an account' }).click()
  const signUp = onScreen(page, 'Create an account')
  await signUp.getByLabel('Name').fill('Ana Müller')
  await signUp.getByLabel('E-mail').fill(email.toUpperCase())
  await signUp.getByLabel('Password').fill(password)
  await signUp.getByRole('button', { name: 'Create account' }).click()

  const confirm = onScreen(page, 'Confirm your address')
  await expect(confirm.getByRole('status')).toContainText(email)
  await confirm.getByLabel('Code from the e-mail').fill('000000')
  await confirm.getByRole('button', { name: 'Confirm' }).click()
  await expect(confirm.getByRole('alert')).toContainText('This code is not right')
  await confirm.getByLabel('Code from the e-mail').fill(await codeIn(info, 1, email))
  await confirm.getByRole('button', { name: 'Confirm' }).click()

  await expect(page).toHaveURL('/account/')
  await expect(page.getByText(email)).toBeVisible()
  await expect(page.getByText('No orders with this address yet')).toBeVisible()
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(stored).not.toMatch(/eyJ|oken/)
  const cookies = await context.cookies()
  expect(cookies.map(({ name, httpOnly, secure }) => [name, httpOnly, secure]).toSorted()).toEqual([
    ['__Host-refresh', true, true],
    ['__Host-session', true, true],
  ])

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/')
  expect(await context.cookies()).toEqual([])

  await page.goto('/sign-in/')
  await page.getByRole('button', { name: 'Forgot password?' }).click()
  const forgot = onScreen(page, 'Reset password')
  await forgot.getByLabel('E-mail').fill(email)
  await forgot.getByRole('button', { name: 'Send a code' }).click()
  const reset = onScreen(page, 'New password')
  await reset.getByLabel('Code from the e-mail').fill(await codeIn(info, 2, email))
  await reset.getByLabel('New password').fill(`${password}, another one`)
  await reset.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(page).toHaveURL('/account/')
})

test('a wrong password says so, the right one leads back to the page that asked', async ({ page, info }) => {
  const owner = info.demo.accounts.find(({ role }) => role === 'owner')
  if (!owner) throw new Error('the demo has no owner')
  await page.goto('/sign-in/?next=/desk/')
  const signIn = onScreen(page, 'Sign in')
  await signIn.getByLabel('E-mail').fill(owner.email)
  await signIn.getByLabel('Password').fill('not the password')
  await signIn.getByRole('button', { name: 'Sign in' }).click()
  await expect(signIn.getByRole('alert')).toHaveText('The e-mail address or the password is not right.')
  await signIn.getByLabel('Password').fill(owner.password)
  await signIn.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/desk/')
  await expect(page.getByRole('link', { name: 'New event' })).toBeVisible()

  await page.goto('/sign-in/?next=//evil.example/')
  await expect(page.getByText('You are signed in as')).toContainText(owner.email)
  await expect(page.getByRole('link', { name: 'Go on' })).toHaveAttribute('href', /\/account\/$/)
})
