import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PreviewRequest, SourcePreview } from '../../../src-main/contract/source-preview'
import { sourceSchema } from '../../../src-main/engine/normalise/source-schema'
import { MappingDraft } from '../../../src-renderer/components/mapping/mapping-draft.svelte'
import { type Schema, shapeOf } from '../../../src-renderer/components/mapping/source-shape'
import { inRoot } from '../state/live.svelte'

const shape = shapeOf(sourceSchema as unknown as Schema)
const yaml = `id: a # mine
title: A
read: { as: json }
recognise: { all: [x] }
event: { user.name: x }
samples: []
`
const row = { text: '{}', status: 'event', recognised: true, cells: {} } as const
const preview: SourcePreview = { faults: [], fields: [], rows: [row], paths: [], rivals: [] }
const fault = { line: 5, column: 10, at: ['event', 'user.nmae'], sentence: 'no such event field: user.nmae' }

describe('a definition in the making', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A draft before an engine that answers when it is told to, and what it was asked. */
  function drafted() {
    const asked: { yaml: string; answer: (preview: SourcePreview) => void }[] = []
    const canceled: string[] = []
    let draft!: MappingDraft
    const end = inRoot(() => {
      draft = new MappingDraft(
        {
          previewSource: ({ yaml }: PreviewRequest) => new Promise((answer) => asked.push({ yaml, answer })),
          cancel: async (ticket) => void canceled.push(ticket)
        },
        shape,
        yaml,
        'samples'
      )
    })
    const settle = async (milliseconds = 1) => {
      flushSync()
      await vi.advanceTimersByTimeAsync(milliseconds)
      flushSync()
    }
    return { draft, asked, canceled, end, settle }
  }

  it('is tried at once, and not again until something is typed', async () => {
    const { draft, asked, settle, end } = drafted()
    await settle()
    expect(asked.map((one) => one.yaml)).toEqual([yaml])
    asked[0]?.answer(preview)
    await settle(5000)
    expect([draft.preview, draft.loading, asked.length]).toEqual([preview, false, 1])
    end()
  })

  it('is tried when typing pauses, and what was under way is canceled', async () => {
    const { draft, asked, canceled, settle, end } = drafted()
    await settle()
    asked[0]?.answer(preview)
    await settle()
    for (const letter of ['b', 'bc', 'bcd']) {
      draft.yaml = yaml.replace('title: A', `title: ${letter}`)
      await settle(100)
    }
    expect(asked).toHaveLength(1)
    await settle(250)
    expect(asked[1]?.yaml).toContain('title: bcd')
    draft.yaml = yaml
    await settle(250)
    expect([asked.length, canceled.length]).toEqual([3, 1])
    asked[1]?.answer({ ...preview, rows: [] })
    asked[2]?.answer(preview)
    await settle()
    expect(draft.preview?.rows).toHaveLength(1)
    end()
    expect(canceled).toHaveLength(1)
  })

  it('keeps the rows there were while there is a fault', async () => {
    const { draft, asked, settle, end } = drafted()
    await settle()
    asked[0]?.answer(preview)
    await settle()
    draft.yaml = yaml.replace('user.name', 'user.nmae')
    await settle(300)
    asked[1]?.answer({ faults: [fault], fields: [], rows: [], paths: [], rivals: [] })
    await settle()
    expect([draft.preview?.faults, draft.preview?.rows.length]).toEqual([[fault], 1])
    end()
  })

  it('is one thing as a form and as text; text that is no YAML leaves the form as it was', () => {
    const { draft, end } = drafted()
    draft.form = { ...(draft.form as object), title: 'Doors' } as typeof draft.form
    expect(draft.yaml).toBe(yaml.replace('title: A', 'title: Doors'))
    draft.yaml = draft.yaml.replace('user.name: x', 'user.name: y')
    expect((draft.form as { event: unknown }).event).toEqual([{ field: 'user.name', from: 'y', as: '' }])
    const form = draft.form
    draft.yaml = draft.yaml.replace('read: {', 'read: {{')
    expect([draft.unreadable, draft.form]).toEqual([true, form])
    draft.yaml = yaml
    expect(draft.unreadable).toBe(false)
    end()
  })
})
