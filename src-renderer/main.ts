import './app.css'
import { mount } from 'svelte'
import { MediaQuery } from 'svelte/reactivity'
import AppView from './App.svelte'
import { connect } from './connect'
import { App } from './state/app.svelte'
import { Preferences } from './state/preferences.svelte'

const { engine, host, onEvents, onState } = connect()
const preferences = new Preferences(localStorage, new MediaQuery('(prefers-color-scheme: dark)', true))
const app = new App(engine, host, preferences)

onEvents(app)
onState((state, why) => app.connected(state === 'ready' ? null : (why ?? 'The engine does not answer.')))
await app.start()
mount(AppView, { target: document.querySelector('#app') ?? document.body, props: { app } })
