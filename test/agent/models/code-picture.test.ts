import { expect, test } from 'vitest'
import { codePicture } from '../../../agent/models/code-picture.ts'
import { readCodePicture } from '../../../evals/models/read-code-picture.ts'
import { preparePhoto } from '../../../mcp-servers/netbox/photo/prepare-photo.ts'
import { testerPhotoJpeg } from '../../support/tester-photo.ts'

test.each([56, 28, 14])(
  'a code with capitals of %i px can be read, also after photos were taken in',
  async (pixels) => {
    await preparePhoto(await testerPhotoJpeg({ near: [], far: [] }), 'photo.jpg')
    const png = Buffer.from(await codePicture('ACEHK379', pixels)).toString('base64')
    expect(await readCodePicture(`data:image/png;base64,${png}`, pixels)).toBe('ACEHK379')
  },
)
