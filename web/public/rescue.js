// If what this device keeps of the app is damaged, the page would stay empty at every visit. Where
// the server answers, everything kept of the app is thrown away, once, and fetched anew; what
// somebody wrote is kept elsewhere (IndexedDB) and stays. It is plain and of its own so that it
// still runs when nothing else does.
;(() => {
  const patience = 15_000
  const flag = 'rescued'

  async function rescue() {
    if (sessionStorage.getItem(flag)) return
    const answer = await fetch('/healthz', { cache: 'no-store' })
    if (!answer.ok) return
    sessionStorage.setItem(flag, 'true')
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
    location.reload()
  }
  const isEmpty = () => !document.getElementById('root')?.hasChildNodes()
  const rescueQuietly = () => {
    if (navigator.serviceWorker && isEmpty()) rescue().catch(() => {})
  }

  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLScriptElement) rescueQuietly()
    },
    true,
  )
  addEventListener('unhandledrejection', rescueQuietly)
  setTimeout(rescueQuietly, patience)
})()
