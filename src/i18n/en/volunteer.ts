/**
 * What the volunteer reads on the first screen, loaded with the language. Plain, present tense, short. English is the type: a key that
 * another language lacks does not compile.
 */
export const volunteer = {
  'title.home': 'My notebook',

  loading: 'Reading what is kept here …',
  missingPage: 'This page is not in the notebook.',
  missingPageHome: 'To my entries',
  someone: 'A coordinator',

  'weather.offline': 'No connection. Nothing gets lost.',
  'weather.sending': 'Sending {entries, plural, one {# entry} other {# entries}} …',
  'weather.sendingPhotos': 'Sending {photos, plural, one {# photo} other {# photos}} …',
  'weather.unreachable': 'The server does not answer. It is all still on this phone; we try again at {time}.',
  'weather.unreachableSoon': 'The server does not answer. It is all still on this phone; we try again.',
  'weather.joinAgain': 'This phone is no longer signed in. Your entries are kept; a new link from your coordinator sends them.',
  'weather.full': 'The phone is full. Words still fit, photos do not.',
  'weather.alarm': 'This phone and the server disagree about an entry. Both versions are kept. Tell your coordinator.',

  'kept.title': 'Saved on this phone',
  'kept.entries': '{entries, plural, one {# entry} other {# entries}} still only here',
  'kept.photos': '{photos, plural, one {# photo} other {# photos}} still only here',
  'kept.both': '{entries, plural, one {# entry} other {# entries}} and {photos, plural, one {# photo} other {# photos}} still only here',
  'kept.none': 'Everything has been received',
  'kept.safe': 'Everything is in a backup as well',
  'kept.nothingYet': 'Nothing waits',
  'kept.contact': 'Last contact {when}',
  'kept.noContact': 'No contact yet',
  'kept.held': '{photos, plural, one {# photo waits} other {# photos wait}} for Wi-Fi or for tomorrow',

  'home.heading': 'My entries',
  'home.drafts': 'Not finished yet',
  'home.draftEmpty': 'A new note',
  'home.discard': 'Throw away the draft: {words}',
  'home.continue': 'Continue',
  'home.all': 'All {count, number}',
  'home.empty': 'Nothing here yet. What did you see today?',
  'home.question': '{name} has a question',
  'home.answer': 'Answer',
  'home.record': 'Record',
  'home.challenge': 'Challenge',
  'home.challengeHint': 'What is hard here',
  'home.action': 'Action',
  'home.actionHint': 'What people do',
  'home.settings': 'Settings',
  'home.desk': 'To the desk',
  'home.voiceOnly': 'A voice note',

  'state.here': 'On this phone',
  'state.sending': 'Sending',
  'state.received': 'Received',
  'state.wordsReceived': 'Words received, {photos, plural, one {# photo} other {# photos}} still here',
  'state.safe': 'Safe in a backup',
  'state.edited': 'Received, changed',
  'state.question': 'Question for you',
  'state.approved': 'Approved',
  'state.rejected': 'Not used',
  'state.withdrawn': 'Withdrawn',
  'state.contested': 'Being settled',

  'record.saved.heading': 'Saved on this phone.',
} as const
