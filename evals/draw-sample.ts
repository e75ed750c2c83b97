import { writeFileSync } from 'node:fs'
import { samplePhotoFile } from '../mcp-servers/netbox/photo/sample/sample-photo.ts'
import { drawSamplePhoto } from './worlds/sample-photo.ts'

writeFileSync(samplePhotoFile, await drawSamplePhoto())
