import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import decoderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

prepareZXingModule({ overrides: { locateFile: () => decoderUrl } })

/** The decoder gets pictures of at most this many pixels a side: enough for a code held at arm's length. */
const longestSide = 1080
const pauseMs = 60

/**
 * Shows the back camera in `video` and calls `onCode` with every QR text it reads, repeats included.
 *
 * @returns a function that stops the camera.
 * @throws DOMException `NotAllowedError` or `NotFoundError` as `getUserMedia` does.
 */
export async function readCamera(video: HTMLVideoElement, onCode: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  })
  video.srcObject = stream
  await video.play()
  const canvas = document.createElement('canvas')
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  let stopped = false

  const look = async (): Promise<void> => {
    const scale = Math.min(1, longestSide / Math.max(video.videoWidth, video.videoHeight, 1))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (!drawing || canvas.width === 0) return
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height)
    const picture = drawing.getImageData(0, 0, canvas.width, canvas.height)
    const [found] = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
    if (found?.isValid && !stopped) onCode(found.text)
  }
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await look().catch((error: unknown) => console.warn('a picture could not be read', error))
      await new Promise((resume) => setTimeout(resume, pauseMs))
    }
  }
  void loop()
  return () => {
    stopped = true
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}
