// Runs in every browser, however old: plain ES5, before the app. It shows one section of the shell, in the person's language, and
// says to the app by `data-floor` whether it may start, and by `data-begins` with what (src/app/main.tsx).
(function () {
  var root = document.documentElement
  var languages = navigator.languages || [navigator.language || 'en']
  var spoken = 'en'
  for (var i = 0; i < languages.length; i += 1) {
    var language = String(languages[i]).toLowerCase().split('-')[0]
    if (/^(en|fr|es|ar|ru|zh)$/.test(language)) {
      spoken = language
      break
    }
  }
  root.lang = spoken
  root.dir = spoken === 'ar' ? 'rtl' : 'ltr'

  function show(name) {
    var sections = document.querySelectorAll('[data-shell]')
    for (var i = 0; i < sections.length; i += 1) {
      var section = sections[i]
      var isShown = section.getAttribute('data-shell') === name
      var words = section.querySelectorAll('[lang]')
      for (var j = 0; j < words.length; j += 1) words[j].hidden = words[j].lang !== spoken
      section.hidden = !isShown
    }
  }

  // Mixing colours in oklch and selectors in :nth-child came with Chrome 111, Firefox 113, Safari 16.2; import maps with Safari 16.4.
  function meetsFloor() {
    return !!(
      window.CSS && CSS.supports && CSS.supports('color', 'color-mix(in oklch, red, blue)') && CSS.supports('selector(:nth-child(1 of a))') &&
      window.HTMLScriptElement && HTMLScriptElement.supports && HTMLScriptElement.supports('importmap') &&
      window.indexedDB
    )
  }

  // Who has followed an invite for the first time gets the form before the store's code has come (src/app/coming-device.ts).
  function beginsWithJoin() {
    return location.pathname === '/join' && location.hash.length > 1 && !(navigator.serviceWorker && navigator.serviceWorker.controller)
  }

  // The build writes into the shell which files a language has, and which the store: they come beside the entry, not behind it.
  function askAhead() {
    var list = document.querySelector('meta[name="asked-ahead"]')
    var lists = (list && JSON.parse(list.content)) || {}
    var files = (lists[spoken] || []).concat((!isJoining && lists.store) || [])
    for (var i = 0; i < files.length; i += 1) {
      var link = document.createElement('link')
      link.rel = 'modulepreload'
      link.href = files[i]
      document.head.appendChild(link)
    }
  }

  var floor = !meetsFloor() ? 'old' : window.isSecureContext === false ? 'insecure' : 'met'
  root.setAttribute('data-floor', floor)
  if (floor !== 'met') return show(floor)
  var isJoining = beginsWithJoin()
  if (isJoining) root.setAttribute('data-begins', 'join')
  askAhead()
  // Most openings are over before anybody could read a sentence.
  setTimeout(function () { show('opening') }, 1500)
  setTimeout(function () { show('slow') }, 20000)
})()
