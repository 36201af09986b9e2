// Wrap the whole app once: <Look>…</Look>. It brings the fonts, the base styles, Mantine's styles
// and the theme. Mantine CSS is imported per component in mantine.css: when a page is the first to
// use a component, add its line there.
import './mantine.css'
import '@fontsource-variable/bricolage-grotesque/wght.css'
import '@fontsource-variable/figtree/wght.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { cssVariables, theme } from './theme.ts'

/** The theme around everything that is shown. One light scheme: paper and ink. */
export function Look({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      {children}
    </MantineProvider>
  )
}
