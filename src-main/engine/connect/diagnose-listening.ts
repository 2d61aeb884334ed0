import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { Diagnosis, DiagnosisStep } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { fingerprintOf, type Listening } from './listening'
import { openPort } from './open-port'

/** Looks whether a connection that is sent its events could be listened with: nothing is contacted. */
export async function diagnoseListening(listening: Listening, now: () => number): Promise<Diagnosis> {
  const started = now()
  const steps = [certificateStep(listening, started), await portStep(listening)]
  const ok = steps.every(({ state }) => state !== 'failed')
  return { ok, steps, requests: 0, seconds: Math.round(now() - started) / 1000 }
}

async function portStep(listening: Listening): Promise<DiagnosisStep> {
  const server = createServer({ key: listening.key, cert: listening.certificate })
  try {
    await openPort(server, listening)
    const { host, url, user } = listening
    const reach = /^(127\.|::1$|localhost$)/.test(host)
      ? ' It is reached from this machine alone: a tunnel or a proxy has to lead there from outside.'
      : ''
    return {
      what: 'connection',
      state: 'passed',
      sentence: `Can listen. Publish to ${url} with user “${user}” and its password.${reach}`
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { what: 'connection', state: 'failed', sentence: error.message }
  } finally {
    server.close()
  }
}

function certificateStep({ certificate, isOwn, url }: Listening, now: number): DiagnosisStep {
  const held = new X509Certificate(certificate)
  const { hostname } = new URL(url)
  const until = held.validTo
  if (Date.parse(until) < now)
    return {
      what: 'certificate',
      state: 'failed',
      sentence: `The certificate was good until ${until}. Give a newer one in the connection.`
    }
  if (isOwn)
    return {
      what: 'certificate',
      state: 'warned',
      sentence: `Spoor made the certificate itself: who publishes has to trust it (SHA-256 ${fingerprintOf(certificate)}). One that an authority signed is given in the connection.`
    }
  if (held.checkHost(hostname) === undefined && held.checkIP(hostname.replaceAll(/[[\]]/g, '')) === undefined)
    return {
      what: 'certificate',
      state: 'failed',
      sentence: `The certificate is not good for ${hostname}, by which the sender calls: it is for ${held.subjectAltName ?? held.subject}. Give the name from outside in the connection.`
    }
  return { what: 'certificate', state: 'passed', sentence: `The certificate is good for ${hostname} until ${until}.` }
}
