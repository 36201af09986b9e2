import { createRoot } from 'react-dom/client'
import { Look } from './ui/Look.tsx'

createRoot(document.getElementById('root')!).render(
  <Look>
    <main>
      <h1>10 de cœur</h1>
    </main>
  </Look>,
)
