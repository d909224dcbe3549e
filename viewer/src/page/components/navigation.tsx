import { changeTheme, useIsDark } from '../theme.ts'
import { Link } from './link.tsx'

const PLACES = [
  { name: 'Traces', path: '/traces' },
  { name: 'Overview', path: '/overview' },
  { name: 'Training', path: '/training' },
  { name: 'Metrics', path: '/explore' },
  { name: 'Hosts', path: '/hosts' },
  { name: 'Sessions', path: '/sessions' },
  { name: 'Logs', path: '/logs' },
]

export function Navigation({ current }: { readonly current: string }) {
  return (
    <header class="bar">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Link class="brand" href="/traces">
        llmscope
      </Link>
      <nav aria-label="Views">
        {PLACES.map(({ name, path }) => (
          <Link key={name} href={path} aria-current={name === current ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <ThemeButton />
    </header>
  )
}

function ThemeButton() {
  return (
    <button type="button" class="quiet" onClick={changeTheme}>
      {useIsDark() ? 'Light' : 'Dark'}
    </button>
  )
}
