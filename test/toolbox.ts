import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, runProgramSync } from './programs.ts'

const cache = join(projectFolder, '.cache')

/**
 * Installs packages that only a long proof needs, into a folder of the cache, once.
 * @returns the folder, which holds them in node_modules
 */
export function toolbox(name: string, dependencies: Readonly<Record<string, string>>): string {
  const folder = join(cache, name)
  const wanted = JSON.stringify({ private: true, dependencies })
  // Written last, so that an interrupted install starts again.
  const done = join(folder, 'installed.json')
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), wanted)
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock']
  runProgramSync('npm', ['install', ...flags], { cwd: folder })
  writeFileSync(done, wanted)
  return folder
}
