import type { VerdictWords } from './verdict-words.ts'

let audio: AudioContext | undefined

/** Browsers let a page sound only after a gesture: call this from one. */
export function allowSound(): void {
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined)
}

/** Plays and vibrates a verdict; a device without either stays silent. */
export function signalVerdict({ sound, vibration }: VerdictWords): void {
  navigator.vibrate?.([...vibration])
  if (audio?.state !== 'running') return
  const step = 0.12
  for (const [place, hertz] of sound.entries()) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const starts = audio.currentTime + place * (step + 0.03)
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.25, starts)
    volume.gain.exponentialRampToValueAtTime(0.001, starts + step)
    tone.connect(volume).connect(audio.destination)
    tone.start(starts)
    tone.stop(starts + step)
  }
}
