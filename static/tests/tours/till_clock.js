/**
 * Seconds of the till's idle timer that pass when a tour says so: ten minutes are over at
 * once, and a slow machine is never late. Only on pages whose address asks for it.
 */
const ticks = [];

if (new URLSearchParams(window.location.search).has("tour_clock")) {
    const { setInterval } = window;
    window.setInterval = (tick, delay, ...args) =>
        delay === 1000 ? -ticks.push(tick) : setInterval(tick, delay, ...args);
}

export function passSeconds(seconds) {
    if (!ticks.length) {
        throw new Error("The till has no clock.");
    }
    for (let second = 0; second < seconds; second++) {
        ticks.forEach((tick) => tick());
    }
}
