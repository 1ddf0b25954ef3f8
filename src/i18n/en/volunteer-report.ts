/** What became of an entry in published reports, and reports without a connection. */
export const volunteerReport = {
  'reported.counted': 'Counted in report no. {number, number}, {day}',
  'reported.sentences': '{count, plural, one {Your entry stands behind this sentence.} other {Your entry stands behind these sentences.}}',
  'reported.inNumbers': 'It is in the numbers of the report. No sentence cites it.',
  'reported.readThere': 'Read it in the report',
  'reported.read': 'Read the report',
  'reported.home': '{count, plural, one {# of your entries is in report no. {number, number}} other {# of your entries are in report no. {number, number}}}',
  'reported.heading': 'In report no. {number, number}',
  'reported.all': 'All my entries',
  'reported.away': 'This report is not on this phone.',
  'reported.awayText': 'A published report can be read here without a connection once it was opened with one.',
  'reported.again': 'Try again',
  'reported.kept': '{count, plural, one {# published report can be read without a connection} other {# published reports can be read without a connection}}',
  'reported.keptNote': 'Takes {size}. If the server answers within ten seconds, you see the report as it stands now; else the page that is kept here, which says so.',
} as const
