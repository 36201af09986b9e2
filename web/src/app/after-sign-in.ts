const key = 'after-sign-in'

/** Remembers the page somebody was sent to sign in from; the mail's link opens in another tab. */
export function rememberPage(): void {
  try {
    localStorage.setItem(key, location.pathname)
  } catch {
    // A browser that keeps nothing leads to the first screen.
  }
}

/** That page, once; the first screen for everybody else. */
export function pageToReturnTo(): string {
  try {
    const page = localStorage.getItem(key)
    localStorage.removeItem(key)
    return page ?? '/'
  } catch {
    return '/'
  }
}
