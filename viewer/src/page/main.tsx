import { render } from 'preact'
import { Navigation } from './components/navigation.tsx'
import { useAddress } from './address.ts'
import { restoreTheme } from './theme.ts'
import { viewOf } from './views/index.ts'

function App() {
  const address = useAddress()
  const { View, name } = viewOf(address.pathname)
  return (
    <>
      <Navigation current={name} />
      <main id="main">
        <View key={address.pathname} address={address} />
      </main>
    </>
  )
}

restoreTheme()
render(<App />, document.body)
