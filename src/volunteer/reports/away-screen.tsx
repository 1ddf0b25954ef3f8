import { Link } from 'wouter'
import { ButtonLink } from '#ui/button/button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { WeatherNow } from '#volunteer/home/weather-now.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

/**
 * At the address of a published report the server answers. The app stands here only where it could not: without a connection and with
 * nothing kept, or because no report has this address.
 */
export function AwayScreen() {
  const { say } = useWords()
  const isOnline = useWatch(useDevice().sync)?.online ?? true
  const status = answeredStatus()
  const isUnknown = status === null ? isOnline : status !== 503
  const title = say(isUnknown ? 'missingPage' : 'reported.away')
  useTitle(title)
  return (
    <Page header={<PageHeader title={say('app.name')} />} footer={<WeatherNow />}>
      <PageTitle title={title}>{isUnknown ? undefined : say('reported.awayText')}</PageTitle>
      {/* Asked of the server anew, not of the router. */}
      <ButtonLink href={location.pathname + location.search} icon="retry">{say('reported.again')}</ButtonLink>
      <Link href="/" asChild><ButtonLink>{say('missingPageHome')}</ButtonLink></Link>
    </Page>
  )
}

/** What this very page came with: the server answers with the app where it knows no such report (404), the worker where it got no answer (503). Null where the browser does not say. */
function answeredStatus(): number | null {
  const [arrival] = performance.getEntriesByType?.('navigation') ?? []
  const status: unknown = arrival === undefined ? undefined : Reflect.get(arrival, 'responseStatus')
  return typeof status === 'number' && status > 0 ? status : null
}
