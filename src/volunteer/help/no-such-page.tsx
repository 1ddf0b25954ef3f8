import { Link } from 'wouter'
import { ButtonLink } from '#ui/button/button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** An address that leads nowhere, with the way home. */
export function NoSuchPage() {
  const { say } = useWords()
  return (
    <Page header={<PageHeader title={say('app.name')} />}>
      <PageTitle title={say('missingPage')} />
      <Link href="/" asChild><ButtonLink>{say('missingPageHome')}</ButtonLink></Link>
    </Page>
  )
}
