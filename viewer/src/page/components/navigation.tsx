import { changeTheme, useIsDark } from '../theme.ts'
import { views } from '../views/index.ts'
import { Link } from './link.tsx'

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
        {views.map(
          ({ name, link }) =>
            link !== undefined && (
              <Link key={name} href={link} aria-current={name === current ? 'page' : undefined}>
                {name}
              </Link>
            ),
        )}
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
