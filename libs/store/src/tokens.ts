import { createHash, randomBytes } from 'node:crypto'
import { type AuditEvent, DomainError, TOKEN_START, type UserRole } from '@torrentino/domain'
import type pg from 'pg'
import { createNotedChange } from './noted-change.js'
import type { WrittenAudit } from './pool.js'

export interface StoredToken {
  id: string
  name: string
  role: UserRole
  createdBy: string
  createdAt: Date
  expiresAt: Date | null
}

export interface NewToken {
  name: string
  role: UserRole
  createdBy: string
  expiresAt: Date | null
}

/** The keys of callers. */
export interface Tokens {
  /** The key is told this once; only its hash is kept. */
  create(token: NewToken): Promise<{ token: StoredToken; key: string }>
  list(): Promise<StoredToken[]>
  /** False where there is none. It counts no more from the commit on, at every gateway. */
  revoke(id: string, revokedBy: string): Promise<boolean>
  /** Whose key has this SHA-256 (hexadecimal), unless its time is over. */
  find(sha256: string): Promise<{ name: string; role: UserRole } | null>
  /** Whether a token of this name makes an admin, and its time is not over. */
  isAdmin(name: string): Promise<boolean>
}

const COLUMNS = 'id, name, role, created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt"'
const UNIQUE_VIOLATION = '23505'
const KEY_BYTES = 32

export function createTokens(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Tokens {
  const noted = createNotedChange(pool, onAudit)

  async function changed(
    actor: string,
    text: string,
    values: unknown[],
    event: (token: StoredToken) => AuditEvent,
  ): Promise<StoredToken | null> {
    let token: StoredToken | undefined
    await noted(async (client) => {
      token = (await client.query<StoredToken>(text, values)).rows[0]
      return token ? [{ ticketId: null, actor, event: event(token) }] : null
    })
    return token ?? null
  }

  return {
    async create({ name, role, createdBy, expiresAt }) {
      const key = `${TOKEN_START}${randomBytes(KEY_BYTES).toString('base64url')}`
      const hash = createHash('sha256').update(key).digest()
      const token = await changed(
        createdBy,
        `insert into api_tokens (name, role, hash, created_by, expires_at) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
        [name, role, hash, createdBy, expiresAt],
        ({ id }) => ({ type: 'AdminCreateToken', payload: { admin_id: createdBy, token_id: id, name, role } }),
      ).catch((error: { code?: string }) => {
        throw error.code === UNIQUE_VIOLATION ? nameTaken(name) : error
      })
      if (!token) throw new Error('the token was not written')
      return { token, key }
    },
    async list() {
      return (await pool.query<StoredToken>(`select ${COLUMNS} from api_tokens order by name`)).rows
    },
    async revoke(id, revokedBy) {
      const token = await changed(revokedBy, `delete from api_tokens where id = $1 returning ${COLUMNS}`, [id], ({ name, role }) => ({
        type: 'AdminRevokeToken',
        payload: { admin_id: revokedBy, token_id: id, name, role },
      }))
      return token !== null
    },
    async find(sha256) {
      const { rows } = await pool.query<{ name: string; role: UserRole }>({
        name: 'token-find',
        text: 'select name, role from api_tokens where hash = $1 and (expires_at is null or expires_at > now())',
        values: [Buffer.from(sha256, 'hex')],
      })
      return rows[0] ?? null
    },
    async isAdmin(name) {
      const { rowCount } = await pool.query(
        `select from api_tokens where name = $1 and role = 'admin' and (expires_at is null or expires_at > now())`,
        [name],
      )
      return rowCount !== 0
    },
  }
}

function nameTaken(name: string): DomainError {
  return new DomainError('conflict', `there is a token ${name} already; revoke it first, or choose another name`, {
    errors: [{ path: 'name', message: 'is taken' }],
  })
}
