// Reads a file of design tokens as Terrazzo does, with all its rules, and writes what it has read.
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { defineConfig, parse } from '@terrazzo/parser'

const filename = pathToFileURL(process.argv[2])
const config = defineConfig({}, { cwd: new URL('.', filename) })
const src = await readFile(filename, 'utf8')
const { tokens } = await parse([{ filename, src }], { config })
const told = Object.values(tokens).map(({ id, $type, $value }) => ({ id, $type, $value }))
console.log(JSON.stringify(told))
