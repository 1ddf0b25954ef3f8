import { Link } from 'wouter'
import type { Membership } from '#device/device.ts'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { Picture } from '#volunteer/help/picture.tsx'
import type { PictureName } from '#volunteer/help/pictures.ts'
import { installWayOf } from '#volunteer/install/install-way.ts'
import type { InstallWay } from '#volunteer/install/install-way.ts'
import { Moving } from '#volunteer/install/moving.tsx'
import styles from '#volunteer/install/install.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'
import { useTitle } from '#volunteer/use-title.ts'

type Sentence = Parameters<Words['say']>[0]

const steps: Readonly<Record<Exclude<InstallWay, 'installed'>, readonly { readonly picture: PictureName; readonly words: Sentence }[]>> = {
  ios: [{ picture: 'share', words: 'installing.ios.1' }, { picture: 'addHome', words: 'installing.ios.2' }, { picture: 'homeScreen', words: 'installing.ios.3' }],
  menu: [{ picture: 'menu', words: 'installing.menu.1' }, { picture: 'addHome', words: 'installing.menu.2' }, { picture: 'homeScreen', words: 'installing.menu.3' }],
  inside: [{ picture: 'menu', words: 'installing.inside.1' }, { picture: 'browser', words: 'installing.inside.2' }],
}

/** How Terrain gets onto the home screen of this very phone, and on iPhones how the notebook comes along. */
export function InstallScreen({ membership }: { readonly membership: Membership | null }) {
  const { ground, words: { say } } = useVolunteering()
  const way = installWayOf(ground.browsing())
  useTitle(say('installing.heading'))
  return (
    <Page header={<PageHeader start={<Link href="/settings" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('settings.heading')} />}>
      <PageTitle title={say('installing.heading')}>{say(way === 'ios' ? 'installing.whyIos' : 'installing.why')}</PageTitle>
      {way === 'inside' ? <Note tone="ask" icon="warning">{say('installing.inside')}</Note> : null}
      {way === 'installed' ? <Note tone="done" icon="check">{say('installing.installed')}</Note> : <Steps way={way} />}
      {membership !== null && (way === 'ios' || way === 'inside') ? <Moving isInside={way === 'inside'} /> : null}
    </Page>
  )
}

function Steps({ way }: { readonly way: Exclude<InstallWay, 'installed'> }) {
  const { words: { say } } = useVolunteering()
  return (
    <ol className={styles.steps}>
      {steps[way].map(({ picture, words }, index) => (
        <li key={words}>
          <Picture name={picture} />
          <p><b>{say('installing.step', { step: index + 1 })}</b> {say(words)}</p>
        </li>
      ))}
    </ol>
  )
}
