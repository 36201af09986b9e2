import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './app/api.ts'
import { startI18n } from './app/i18n.ts'
import { install } from './app/installed.ts'
import { forgetPast } from './app/kept.ts'
import { router } from './app/router.tsx'
import { startAnswers } from './features/answers/answers.outbox.ts'
import { startOutbox } from './features/observations/observations.outbox.ts'
import { startCards } from './features/thanks/thanks.outbox.ts'
import { Look } from './ui/Look.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal will not change by asking again; a lost connection may.
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
      staleTime: 5_000,
      // What the browser says of the network is a guess, and kept answers need none: always try.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

// The page comes along with its words, not after them.
for (const { routeId } of router.matchRoutes(router.latestLocation)) {
  void router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById])
}
await startI18n()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Look>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Look>
  </StrictMode>,
)
startOutbox()
startAnswers()
startCards()
void install(router)
void forgetPast()
