import { expect, test } from '@playwright/test'
import { expectNoViolation } from '../support/axe.ts'
import { startAsideServer } from '../support/aside-server.ts'
import { joinOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

test.describe('what the server set aside, at the desk', () => {
  let server: Awaited<ReturnType<typeof startAsideServer>>
  test.beforeAll(async () => void (server = await startAsideServer()))
  test.afterAll(() => server.stop())

  test('[CO21] one is counted, one is left aside and taken up again, two values are settled, and a lost phone is signed out', async () => {
    test.setTimeout(120_000)
    const profile = await createProfile({ size: 'desk' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('coordinator'))
      await page.waitForSelector('main')
      await joinOn(page)
      await page.goto(`${server.url}/desk/aside`)
      await expect(page.getByRole('heading', { name: '4 wait for you' })).toBeVisible()
      await expectNoViolation(page, 'set aside')
      await page.getByRole('button', { name: /^Count it: A change/ }).click()
      await page.getByRole('textbox', { name: 'Why it counts' }).fill('She was there.')
      await page.getByRole('dialog').getByRole('button', { name: 'Count it' }).click()
      await expect(page.getByRole('heading', { name: '3 wait for you' })).toBeVisible()
      await page.getByRole('button', { name: /^Leave it aside: A comment/ }).click()
      await page.getByRole('textbox', { name: 'Why it does not count' }).fill('About another entry.')
      await page.getByRole('dialog').getByRole('button', { name: 'Leave it aside' }).click()
      await expect(page.getByRole('heading', { name: '2 wait for you' })).toBeVisible()
      await page.reload()
      await page.getByText(/^Left aside and looked at/).click()
      await expect(page.getByText('About another entry.')).toBeVisible()
      await expectNoViolation(page, 'left aside')
      await page.getByRole('button', { name: 'Look at it again' }).click()
      await expect(page.getByRole('heading', { name: '3 wait for you' })).toBeVisible()

      await page.goto(`${server.url}/desk/entry/${server.conflictId}`)
      const values = page.getByRole('group', { name: 'Which value counts for Place?' })
      await expect(values.getByRole('radio')).toHaveCount(4)
      await expectNoViolation(page, 'two values')
      await values.getByRole('radio', { name: /Kajulu East/ }).check()
      await page.getByRole('button', { name: 'This one counts' }).click()
      await expect(values).toHaveCount(0)
      await expect(page.getByText(/corrected to Kajulu East/)).toBeVisible()

      await page.goto(`${server.url}/desk/people`)
      await expect(page.getByText(/3 hours? ahead|2 hours ahead/)).toBeVisible()
      await expectNoViolation(page, 'people')
      await page.getByRole('button', { name: /^Lost phone: .* of Amina/ }).click()
      await expectNoViolation(page, 'lost phone')
      await page.getByRole('button', { name: /It is lost/ }).click()
      await expect(page.getByText('revoked')).toBeVisible()
    } finally {
      await profile.close()
    }
  })
})
