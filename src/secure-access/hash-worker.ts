import { setPriority } from 'node:os'
import argon2, { type Options } from '@node-rs/argon2'

/** What a thread is asked: to hash a password at a cost, or to compare one with its hash. */
export type HashTask = { password: string } & ({ cost: Options } | { hash: string })

// On Linux a priority is a thread's own: this one steps back behind those that answer requests, so that a flood of
// sign-ins is slow by itself. Elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(0, 10)

/** A hash in PHC format, or whether the password is the one that was hashed. */
export default function work(task: HashTask): string | boolean {
  return 'cost' in task
    ? argon2.hashSync(task.password, task.cost)
    : argon2.verifySync(task.hash, task.password)
}
