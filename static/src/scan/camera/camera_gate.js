// What was out of sight for so long is another piece.
const OUT_OF_SIGHT = 1500;
// Who shows a piece for so long waits for something to happen.
const HELD = 2500;

/**
 * Counts a code that a camera reads once for as long as it stays in view.
 *
 * A camera reads the same piece many times a second, and misses it in between when the
 * hand shakes. It is a new piece when it was out of sight for a while. A code that is
 * not known here has to be read twice: a single frame may be misread.
 */
export class CameraGate {
    /**
     * @param {Object} params
     * @param {(code: string) => string|null} params.identify what a known code stands
     *  for: two codes on one label are one piece
     * @param {(code: string) => void} params.onScan
     * @param {(code: string) => void} params.onHeld it is counted, and still in view
     */
    constructor({ identify, onScan, onHeld }) {
        Object.assign(this, { identify, onScan, onHeld });
        this.seen = new Map();
    }

    read(code) {
        const now = Date.now();
        const known = this.identify(code);
        const key = known || `?${code}`;
        let piece = this.seen.get(key);
        if (!piece || now - piece.last > OUT_OF_SIGHT) {
            piece = { since: now, reads: 0 };
            this.seen.set(key, piece);
        }
        piece.last = now;
        piece.reads += 1;
        if (piece.reads === (known ? 1 : 2)) {
            this.onScan(code);
        } else if (now - piece.since > HELD && !piece.wasTold) {
            piece.wasTold = true;
            this.onHeld(code);
        }
    }
}
