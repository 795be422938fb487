import type {Line} from './overview.js';

let audio: AudioContext | undefined;

/** Two short tones; silent until the visitor has touched the page once, as browsers want it. */
export function ring(): void {
  audio ??= new AudioContext();
  const now = audio.currentTime;
  [880, 660].forEach((frequency, at) => {
    const tone = audio!.createOscillator();
    const gain = audio!.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.2, now + at * 0.25);
    gain.gain.exponentialRampToValueAtTime(0.001, now + at * 0.25 + 0.22);
    tone.connect(gain).connect(audio!.destination);
    tone.start(now + at * 0.25);
    tone.stop(now + at * 0.25 + 0.23);
  });
}

/** A notice of the browser for characteristics at which violations have begun, where it may show one. */
export function notify(begun: readonly Line[]): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'granted') {
    const [first] = begun;
    const notice = new Notification(begun.length === 1 ? `${first!.name}: out of control` : `${begun.length} characteristics are out of control`, {
      body: begun.slice(0, 5).map(({name, open}) => `${name}: ${open} open`).join('\n'), tag: 'headway-violations',
    });
    notice.onclick = () => (window.focus(), notice.close());
  }
}
