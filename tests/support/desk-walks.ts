import { expect, type Page } from '@playwright/test'

/** What organisers do at the desk, for the walks in tests/e2e. */

export async function draftEvent(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'New event' }).click()
  const details = page.locator('main form:visible').first()
  await details.getByLabel('Name', { exact: true }).fill(name)
  await details.getByLabel('In one line').fill(`${name}, in one line`)
  await details.getByLabel('Description').fill('An evening.\n\nWith an interval.')
  await details.getByLabel('Starts').fill('2027-06-18T20:30')
  await details.getByLabel('Ends').fill('2027-06-18T23:00')
  await details.getByLabel('Time zone').fill('Europe/Madrid')
  await details.getByLabel('Venue').fill(`Hall ${name}`)
  await details.getByLabel('Street and number').fill('Calle Feria 1')
  await details.getByLabel('City').fill('Sevilla')
  await details.getByLabel('Country').fill('ES')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Draft saved')).toBeVisible()
}

export async function addTicketType(page: Page, name: string, price: string, places: string): Promise<void> {
  await page.getByRole('button', { name: 'Add ticket type' }).click()
  const form = page.getByRole('form', { name: 'Ticket type' })
  await form.getByLabel('Ticket name').fill(name)
  await form.getByLabel('Price', { exact: true }).fill(price)
  await form.getByLabel('Places', { exact: true }).fill(places)
  await form.getByRole('button', { name: 'Save ticket type' }).click()
  await expect(page.getByText('Ticket type saved')).toBeVisible()
}

export async function publish(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('The page is live')).toBeVisible()
  const path = await page.getByRole('link', { name: 'Public page' }).getAttribute('href')
  if (!path) throw new Error('the event has no public page')
  return path
}

/** Waits until the public page holds the text. */
export async function untilPublic(page: Page, path: string, text: string, timeout = 10_000): Promise<void> {
  await expect.poll(async () => (await page.request.get(path)).text(), { intervals: [50], timeout }).toContain(text)
}
