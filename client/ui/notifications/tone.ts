/** Two short notes, made here: no file to fetch, and it sounds without a network. */
export function playTone(): void {
  const audio = new AudioContext()
  const [first, second] = [audio.currentTime, audio.currentTime + NOTE_S]
  note(audio, 660, first)
  // The context holds a place at the sound card; it ends with the sound.
  note(audio, 880, second).addEventListener('ended', () => void audio.close())
}

function note(audio: AudioContext, hertz: number, from: number): OscillatorNode {
  const tone = new OscillatorNode(audio, { frequency: hertz })
  const loudness = new GainNode(audio, { gain: 0 })
  // Without a slope at both ends it would click.
  loudness.gain.setValueAtTime(0, from)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, from + SLOPE_S)
  loudness.gain.linearRampToValueAtTime(0, from + NOTE_S)
  tone.connect(loudness).connect(audio.destination)
  tone.start(from)
  tone.stop(from + NOTE_S)
  return tone
}

const NOTE_S = 0.12
const SLOPE_S = 0.015
const LOUDNESS = 0.12
