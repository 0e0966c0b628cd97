import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { drawing, hostileFiles, photoWithSecrets } from '#tests/support/pictures.ts'
import { demoEvent, signIn } from '#tests/support/walks.ts'

/** A draft of its own without a picture, opened at the desk. */
async function openDraft(page: Page, eventId: string): Promise<void> {
  const { event } = await (
    await page.request.post(`/api/organiser/events/${eventId}/duplicate`, {
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
  ).json()
  await page.goto(`/desk/event/?id=${event.id}`)
  await page.getByRole('button', { name: 'Picture', exact: true }).click()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: 'Remove picture' }).click()
  await expect(page.getByText('Removed. The public page follows.')).toBeVisible()
  await expect(page.getByRole('form', { name: 'Picture' }).locator('input[type=file]')).toBeEnabled()
}

const fileOf = (buffer: Uint8Array, mimeType = 'image/jpeg') => ({
  name: 'picture',
  mimeType,
  buffer: Buffer.from(buffer),
})

test('an organiser sends a picture, says what must stay in sight, and the public page shows it as AVIF', async ({
  page,
  info,
}) => {
  test.slow()
  await signIn(page, info, 'owner', '/desk/')
  await openDraft(page, demoEvent(info, 'free').id)
  const form = page.getByRole('form', { name: 'Picture' })
  const file = form.locator('input[type=file]')

  await file.setInputFiles(fileOf(Buffer.from('<svg/>'), 'image/svg+xml'))
  await expect(form.getByRole('alert')).toContainText('Send a JPEG')
  const polyglot = hostileFiles.find(({ reason }) => reason === 'not_only_a_picture')
  await file.setInputFiles(fileOf((await polyglot?.make()) ?? new Uint8Array()))
  await form.getByRole('button', { name: 'Send and save' }).click()
  await expect(form.getByText('Say in a few words')).toBeVisible()
  await form.getByLabel('Description').fill('Not only a picture')
  await form.getByRole('button', { name: 'Send and save' }).click()
  await expect(form.getByRole('alert')).toContainText('more in this file than a picture', { timeout: 30_000 })

  await file.setInputFiles(fileOf(await photoWithSecrets()))
  await expect(form.getByRole('alert')).toBeHidden()
  const pad = form.locator('.focus-pad')
  const { width = 0, height = 0 } = (await pad.boundingBox()) ?? {}
  await pad.click({ position: { x: width * 0.25, y: height * 0.75 } })
  await expect(form.getByLabel('Find it for me')).not.toBeChecked()
  await form.getByLabel('Description').fill('A red disc over a pale sea')
  await form.getByRole('button', { name: 'Send and save' }).click()
  await expect(form.getByText('Saved.')).toBeVisible({ timeout: 30_000 })

  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('The page is live')).toBeVisible()
  const path = (await page.getByRole('link', { name: 'Public page' }).getAttribute('href')) ?? ''
  await expect.poll(async () => (await page.request.get(path)).status()).toBe(200)
  await page.goto(path)
  const image = page.getByRole('img', { name: 'A red disc over a pale sea' })
  await expect(image).toHaveClass(/focus-x-25 focus-y-75/)
  await expect(image).toHaveCSS('object-position', '25% 75%')
  const seen = await image.evaluate(async (element: HTMLImageElement) => {
    await element.decode()
    return { source: element.currentSrc, width: element.naturalWidth, box: element.getBoundingClientRect().height }
  })
  expect(seen.source).toMatch(/\/media\/evt_\w+\/upl_\w+-\d+\.avif$/)
  expect(seen.box).toBeGreaterThan(100)
  const served = await page.request.get(seen.source)
  expect(served.headers()).toMatchObject({ 'content-type': 'image/avif', 'x-content-type-options': 'nosniff' })
})

test('a picture is described and its focal point moved by keyboard alone', async ({ page, info }) => {
  test.slow()
  await signIn(page, info, 'owner', '/desk/')
  await openDraft(page, demoEvent(info, 'free').id)
  const form = page.getByRole('form', { name: 'Picture' })
  await form.locator('input[type=file]').setInputFiles(fileOf(await drawing(900, 600).jpeg().toBuffer()))
  await form.locator('input[type=file]').focus()
  await page.keyboard.press('Tab')
  await expect(form.getByLabel('Find it for me')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(form.getByLabel('From the left')).toBeFocused()
  await page.keyboard.press('End')
  await expect(form.getByLabel('Find it for me')).not.toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  await page.keyboard.type('A disc')
  await page.keyboard.press('Enter')
  await expect(form.getByText('Saved.')).toBeVisible({ timeout: 30_000 })
  await expect(form.getByLabel('From the left')).toHaveValue('100')
  await expect(form.getByLabel('From the top')).toHaveValue('0')
})

test('an organisation gets a logo, which its page shows', async ({ page, info }) => {
  test.slow()
  await signIn(page, info, 'owner', '/desk/organisation/')
  const form = page.getByRole('form', { name: 'Logo' })
  await form.locator('input[type=file]').setInputFiles(fileOf(await drawing(400, 300).png().toBuffer(), 'image/png'))
  await form.getByLabel('Description').fill('The mark of the house')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await form.getByRole('button', { name: 'Send and save' }).click()
  await expect(form.getByText('Saved.')).toBeVisible({ timeout: 30_000 })
  const path = (await page.getByRole('link', { name: 'Public page' }).getAttribute('href')) ?? ''
  await expect.poll(async () => (await page.request.get(path)).text()).toContain('The mark of the house')
  await page.reload()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: 'Remove logo' }).click()
  await expect(page.getByText('Removed. The public page follows.')).toBeVisible()
})
