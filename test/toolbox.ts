import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const cache = new URL('../.cache/', import.meta.url).pathname

/**
 * Installs packages that only a long proof needs, into a folder of the cache, once.
 * @returns the folder, which holds them in node_modules
 */
export function toolbox(name: string, dependencies: Readonly<Record<string, string>>): string {
  const folder = join(cache, name)
  const file = join(folder, 'package.json')
  const wanted = JSON.stringify({ private: true, dependencies })
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return folder
  mkdirSync(folder, { recursive: true })
  const npm = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock']
  writeFileSync(join(folder, 'package.json'), wanted)
  try {
    execFileSync('npm', npm, { cwd: folder, stdio: 'inherit' })
  } catch (error) {
    writeFileSync(file, '')
    throw error
  }
  return folder
}
