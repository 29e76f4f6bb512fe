/** The certificate of one workshop. Participants know it by the join code, not by a name or an authority. */
import { X509Certificate } from 'node:crypto'

export interface Certificate {
  /** PEM. */
  readonly certificate: string
  readonly key: string
}

const dayMs = 24 * 60 * 60_000

/** ECDSA on P-256, signed by itself. Valid for a month, and since yesterday: clocks in a room differ. */
export async function makeCertificate(now: Date): Promise<Certificate> {
  // Loaded where a workshop begins, and nowhere else: it takes longer than everything else of a host.
  // Of a CommonJS module, bundled or not, `default` is what it exports.
  const { default: selfsigned } = await import('selfsigned')
  const made = await selfsigned.generate([{ name: 'commonName', value: 'EdgeLab workshop' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - dayMs),
    notAfterDate: new Date(now.getTime() + 30 * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'workshop.edgelab.invalid' }] },
    ],
  })
  return { certificate: made.cert, key: made.private }
}

export function derOf(pem: string): Uint8Array {
  return new X509Certificate(pem).raw
}
