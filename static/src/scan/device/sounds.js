const TONES = {
    counted: [[880, 0.07]],
    complete: [
        [880, 0.07],
        [1320, 0.12],
    ],
    surplus: [
        [440, 0.12],
        [440, 0.12],
    ],
    wrong: [
        [220, 0.18],
        [165, 0.3],
    ],
    undone: [
        [660, 0.07],
        [440, 0.07],
    ],
};

/** Short tones, told apart without looking; a phone shakes when something is wrong. */
export function makeSounds() {
    let context;
    return function play(name) {
        try {
            context ||= new window.AudioContext();
            let moment = context.currentTime;
            for (const [frequency, duration] of TONES[name]) {
                const oscillator = context.createOscillator();
                const volume = context.createGain();
                oscillator.frequency.value = frequency;
                volume.gain.value = 0.2;
                oscillator.connect(volume).connect(context.destination);
                oscillator.start(moment);
                moment += duration;
                oscillator.stop(moment);
                moment += 0.03;
            }
            if (name === "wrong" || name === "surplus") {
                window.navigator.vibrate?.(200);
            }
        } catch {
            // Without a loudspeaker it is counted all the same.
        }
    };
}
