import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '#tests/support/browser.ts'
import { demoEvent, openDoor, signIn } from '#tests/support/walks.ts'

const violationsOf = async (page: import('@playwright/test').Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 780 } })

    test('axe finds nothing on the public pages', async ({ page, info }) => {
      test.slow()
      const states = ['on_sale', 'free', 'nearly_sold_out', 'sold_out', 'not_yet', 'past', 'cancelled']
      const paths = [
        '/',
        ...states.map((state) => demoEvent(info, state).path),
        '/city/sevilla/',
        '/category/music/',
        '/organiser/almazara-cultural/',
        '/about/',
        '/terms/',
        '/privacy/',
        '/accessibility/',
        '/sign-in/',
        '/api/',
      ]
      for (const path of paths) {
        const response = await page.goto(path)
        expect(response?.status(), path).toBe(200)
        expect(await violationsOf(page), path).toEqual([])
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
      }
    })

    test('axe finds nothing at the desk and at the door', async ({ page, info, newVisitor }) => {
      test.slow()
      const event = demoEvent(info, 'on_sale')
      await signIn(page, info, 'owner', '/desk/')
      await expect(page.getByRole('link', { name: 'New event' })).toBeVisible()
      expect(await violationsOf(page)).toEqual([])
      await page.goto(`/desk/event/?id=${event.id}`)
      for (const tab of [
        'Details',
        'Picture',
        'Ticket types',
        'Languages',
        'Codes',
        'Share',
        'Sales',
        'Attendees',
        'Manage',
      ]) {
        await page.getByRole('button', { name: tab, exact: true }).click()
        await expect(page.getByRole('button', { name: tab, exact: true })).toHaveAttribute('aria-current', 'true')
        expect(await violationsOf(page), tab).toEqual([])
      }
      const door = await newVisitor()
      await openDoor(door, info, event.id, 'Gate')
      expect(await violationsOf(door)).toEqual([])
    })
  })
}
