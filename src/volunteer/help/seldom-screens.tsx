import { Redirect, Route, Switch } from 'wouter'
import type { Membership } from '#device/device.ts'
import { anyAddress } from '#ui/any-address.ts'
import { CampaignsScreen } from '#volunteer/campaigns/campaigns-screen.tsx'
import { JoinAnother } from '#volunteer/campaigns/join-another.tsx'
import { HelpScreen } from '#volunteer/help/help-screen.tsx'
import { NoSuchPage } from '#volunteer/help/no-such-page.tsx'
import { InstallScreen } from '#volunteer/install/install-screen.tsx'
import { PracticeScreens } from '#volunteer/practice/practice-screens.tsx'
import { AwayScreen } from '#volunteer/reports/away-screen.tsx'

/** What people open once or twice: one chunk, because each name of a chunk stands in the first load. */
export function SeldomScreens({ membership }: { readonly membership: Membership | null }) {
  return (
    <Switch>
      <Route path="/help"><HelpScreen /></Route>
      <Route path="/campaigns">{membership === null ? <Redirect to="/" replace /> : <CampaignsScreen membership={membership} />}</Route>
      <Route path="/join">{membership === null ? null : <JoinAnother membership={membership} />}</Route>
      <Route path="/install"><InstallScreen membership={membership} /></Route>
      <Route path="/practice" nest>{membership === null ? <Redirect to="~/" replace /> : <PracticeScreens membership={membership} />}</Route>
      {/* Under `/r` there is nothing but reports. */}
      <Route path={/^\/r(?:\/|$)/}><AwayScreen /></Route>
      <Route path={anyAddress}><NoSuchPage /></Route>
    </Switch>
  )
}
