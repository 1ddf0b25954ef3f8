import { useLocation } from 'wouter'
import { FigurePage } from '#coordinator/report/figure-page.tsx'
import { IssuePage } from '#coordinator/report/issue-page.tsx'
import { PublishPage } from '#coordinator/report/publish-page.tsx'
import { WritingProvider } from '#coordinator/report/writing-context.tsx'

/** The report at the desk: written on one page, checked and published on another; a number leads to its entries. */
export function ReportPage() {
  const [location] = useLocation()
  return <WritingProvider>{location.endsWith('/publish') ? <PublishPage /> : location.endsWith('/figure') ? <FigurePage /> : <IssuePage />}</WritingProvider>
}
