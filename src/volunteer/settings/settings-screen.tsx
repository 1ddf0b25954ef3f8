import { Link } from 'wouter'
import type { Membership } from '#device/device.ts'
import { apart } from '#i18n/apart.ts'
import { isLocale, locales, ownNames } from '#i18n/locale.ts'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { AwaitedAloud, useAwaitedLanguage } from '#ui/language/language.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, Section } from '#ui/page/page.tsx'
import { Row, Rows } from '#ui/rows/rows.tsx'
import { Select } from '#ui/select/select.tsx'
import { themes } from '#ui/theme.ts'
import { Toast } from '#ui/toast/toast.tsx'
import { InView } from '#volunteer/in-view.tsx'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { carriedWords } from '#volunteer/settings/carried-words.ts'
import { KeptHere } from '#volunteer/settings/kept-here.tsx'
import { PhotosOnMobile } from '#volunteer/settings/photos-on-mobile.tsx'
import { StorageNow } from '#volunteer/settings/storage-now.tsx'
import { useSettings } from '#volunteer/settings/use-settings.ts'
import styles from '#volunteer/settings/settings.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

export function SettingsScreen({ membership }: { readonly membership: Membership | null }) {
  const { ground, words } = useVolunteering()
  const { say } = words
  const settings = useSettings()
  const awaited = useAwaitedLanguage()
  useTitle(say('settings.heading'))
  return (
    <Page header={<PageHeader start={<Link href="/" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('settings.heading')} isHeading />}>
      <Section title={say('settings.phone')} look="words">
        <StorageNow health={settings.health} sync={settings.sync} />
        <KeptHere health={settings.health} sync={settings.sync} />
        <Rows>
          {settings.health?.persisted === false ? <Row note={say('settings.askHint')} action={<Button onClick={settings.onAskToPersist}>{say('settings.askButton')}</Button>}>{say('settings.ask')}</Row> : null}
          <Row note={say('settings.waitingHint')} action={<Button isDisabled={settings.isSending} onClick={settings.onSend}>{say(settings.isSending ? 'settings.syncing' : 'settings.sync')}</Button>}>{settings.kept}</Row>
          {settings.held === null ? null : <Row note={say('settings.heldHint')} action={<Button isDisabled={settings.isSending} onClick={settings.onSendAll}>{say('settings.sendAll')}</Button>}>{settings.held}</Row>}
          <Row note={carriedWords(words, settings.carried) ?? say('settings.exportHint')} action={<Link href="/carry" asChild><ButtonLink icon="share">{say('settings.exportButton')}</ButtonLink></Link>}>{say('settings.export')}</Row>
        </Rows>
        <PhotosOnMobile sync={settings.sync} wish={settings.preferences?.mobilePhotos ?? null} onWish={settings.onMobilePhotos} />
      </Section>
      {membership === null ? null : (
        <Section title={say('settings.campaigns')} look="words">
          <Rows><Row note={say('settings.campaignsHint')} action={<Link href="/campaigns" asChild><ButtonLink>{say('campaigns.open')}</ButtonLink></Link>}>{say('settings.member', { name: apart(words.locale, membership.member.name), campaign: apart(words.locale, membership.campaign.name) })}</Row></Rows>
        </Section>
      )}
      <Section title={say('settings.reading')} look="words">
        <Select label={say('settings.language')} hint={awaited?.text} value={awaited?.locale ?? (isLocale(words.locale) ? words.locale : null)} options={locales.map((value) => ({ value, label: ownNames[value], lang: value }))} onChange={(language) => (language === null ? undefined : settings.onLanguage(language))} />
        <AwaitedAloud />
        <ChooseOne label={say('settings.appearance')} layout="inline" choices={themes.map((value) => ({ value, label: say(`settings.theme.${value}`) }))} value={settings.preferences?.theme ?? 'system'} onChange={settings.onTheme} />
        {settings.refused === null ? null : <InView answer={settings.refused.times}><SaveProblemNote problem={settings.refused.problem} /></InView>}
      </Section>
      <Section title={say('settings.about')} look="words">
        <Link href="/help" asChild><ButtonLink icon="question" isWide>{say('help.heading')}</ButtonLink></Link>
        <Fold summary={say('settings.who')}><p>{say('settings.whoText')}</p></Fold>
        <Fold summary={say('settings.danger')}><p>{say('settings.dangerText')}</p><p dir="auto">{membership?.campaign.urgentHelp}</p></Fold>
        <Fold summary={say('settings.leave')}><p>{say('settings.leaveText')}</p></Fold>
        <div className={styles.quiet}>
          <p>{say('settings.version', { version: ground.version })}</p>
          <p>{say('settings.license')}</p>
        </div>
      </Section>
      <Toast>{settings.said}</Toast>
    </Page>
  )
}
