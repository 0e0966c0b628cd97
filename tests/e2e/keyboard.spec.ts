import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/browser.ts'
import { demoEvent, expectTickets, someAddress } from '#tests/support/walks.ts'

/** Presses Tab until the focus is on what `isThere` looks for; fails where a keyboard cannot get to it. */
async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    const isThere = await page
      .getByRole(
        role === 'button' ? 'button' : role === 'link' ? 'link' : role === 'spinbutton' ? 'spinbutton' : 'textbox',
        {
          name,
        },
      )
      .and(focused)
      .count()
    if (isThere > 0) return
  }
  throw new Error(`no ${role} ${name} could be reached with the Tab key`)
}

test('a keyboard alone finds an event, buys a ticket and reaches it', async ({ page, info }) => {
  test.slow()
  const event = demoEvent(info, 'on_sale')
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText('Skip to content')
  await tabTo(page, 'link', /Seis cuerdas/i)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(event.path)

  await tabTo(page, 'spinbutton', /Gallery/)
  await page.keyboard.press('ArrowUp')
  await tabTo(page, 'button', /Check out/)
  await page.keyboard.press('Enter')
  await tabTo(page, 'textbox', /Your name/)
  await page.keyboard.type('Gil Tecla')
  await tabTo(page, 'textbox', /E-mail/)
  await page.keyboard.type(someAddress('gil'))
  await page.keyboard.press('Enter')

  await expect(page.getByLabel('Card number')).toBeVisible()
  await tabTo(page, 'textbox', /Card number/)
  await page.keyboard.type('4242424242424242')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1234')
  await page.keyboard.press('Tab')
  await page.keyboard.type('123')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Gil Tecla')
  await page.keyboard.press('Enter')
  await expectTickets(page, 1)
  await tabTo(page, 'link', /Download PDF/)
})
