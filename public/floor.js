// Runs in every browser, however old: plain ES5, before the app. It shows one section of the shell, in the person's language, and
// says to the app by `data-floor` whether it may start, and by `data-begins` with what (src/app/main.tsx). Who has been here before gets
// the frame of home at once, as it stood last (src/app/first-picture.ts); a tap in it is kept for the app in `data-asked`.
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
    // Its code is a classic script, whose tag the shell keeps (scripts/bundle/code-beside-entry.mjs).
    var kept = document.querySelector('template')
    if (kept && !isJoining) document.head.appendChild(document.importNode(kept.content, true))
  }

  var tags = /^(div|header|main|nav|span|b|h1|h2|p|a|button|small|svg|g|path|circle|rect)$/
  function element(drawn) {
    if (typeof drawn === 'string') return document.createTextNode(drawn)
    if (!tags.test(drawn[0])) throw new Error('not ours')
    var isSign = /^(svg|g|path|circle|rect)$/.test(drawn[0])
    var made = isSign ? document.createElementNS('http://www.w3.org/2000/svg', drawn[0]) : document.createElement(drawn[0])
    for (var name in drawn[1]) if (/^(class|lang|dir|role|d|viewBox|fill|stroke|stroke-[a-z]+|aria-[a-z]+|data-[a-z]+)$/.test(name) || (name === 'href' && /^\/(?!\/)/.test(drawn[1].href))) made.setAttribute(name, drawn[1][name])
    for (var i = 0; i < drawn[2].length; i += 1) made.appendChild(element(drawn[2][i]))
    return made
  }

  function lines(count) {
    var all = document.createElement('div')
    all.className = 'shell-lines'
    for (var i = 0; i < count; i += 1) all.appendChild(document.createElement('span'))
    return all
  }

  // Where the storage is shut, or what lies there is not ours, the plain shell stands.
  function firstPicture() {
    try {
      var picture = location.pathname === '/' && JSON.parse(localStorage.getItem('terrain-first-picture'))
      var entry = document.querySelector('script[type="module"]')
      var campaign = sessionStorage.getItem('terrain-campaign') || localStorage.getItem('terrain-campaign') || 'terrain'
      if (!picture || !entry || picture.build !== entry.src || picture.campaign !== campaign) return
      var frame = element(picture.page)
      frame.querySelector('main').appendChild(lines(5))
      if (picture.theme) root.setAttribute('data-theme', picture.theme)
      spoken = picture.lang
      root.lang = spoken
      root.dir = picture.dir
      var shell = document.querySelector('.shell')
      shell.hidden = true
      shell.parentNode.insertBefore(frame, shell)
      frame.addEventListener('click', keepTap)
      return frame
    } catch (error) {
      // For who looks for the reason.
      root.setAttribute('data-picture', String(error))
    }
  }

  function keepTap(event) {
    var link = event.target.closest && event.target.closest('a[href^="/"]')
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    var before = document.querySelector('[data-taken]')
    if (before) before.removeAttribute('data-taken')
    link.setAttribute('data-taken', '')
    root.setAttribute('data-asked', link.getAttribute('href'))
  }

  // To be asked what there is makes nothing, and the browser begins to open its storage, which it does elsewhere while the app's code comes.
  // Where it is shut the app says so.
  function wakeStorage() {
    if (indexedDB.databases) indexedDB.databases().then(function () {}, function () {})
  }

  var floor = !meetsFloor() ? 'old' : window.isSecureContext === false ? 'insecure' : 'met'
  root.setAttribute('data-floor', floor)
  if (floor !== 'met') return show(floor)
  var isJoining = beginsWithJoin()
  if (isJoining) root.setAttribute('data-begins', 'join')
  else wakeStorage()
  var frame = firstPicture()
  askAhead()
  // Most openings are over before anybody could read a sentence.
  setTimeout(function () { show('opening') }, 1500)
  setTimeout(function () {
    if (frame && frame.parentNode) {
      frame.parentNode.removeChild(frame)
      document.querySelector('.shell').hidden = false
    }
    show('slow')
  }, 20000)
})()
