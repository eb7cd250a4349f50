import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The script and the style sheet of the inspector page, for browsers. */
interface InspectorAssets {
  readonly script: string
  readonly style: string
}

/**
 * Builds the inspector page from its source, with esbuild. Only a mock that runs from source does so: in the package,
 * the result takes the place of this function.
 * @returns the assets, and the paths of all files that are in them
 */
export async function buildInspector(): Promise<InspectorAssets & { readonly inputs: readonly string[] }> {
  const { build } = await import('esbuild')
  const source = fileURLToPath(new URL('./inspector', import.meta.url))
  const { outputFiles, metafile } = await build({
    entryPoints: [join(source, 'main.tsx'), join(source, 'style.css')],
    outdir: source,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
  })
  const textOf = (suffix: string) =>
    outputFiles
      .filter(({ path }) => path.endsWith(suffix))
      .map(({ text }) => text)
      .join('')
  return { script: textOf('.js'), style: textOf('.css'), inputs: Object.keys(metafile.inputs) }
}
