import { useExternalListener } from "@odoo/owl";

/**
 * Tell the till that somebody is there: its saver waits for a mouse or a finger, and
 * hears no scanner, whose keys go no further than the screen that takes them.
 */
export function reportPresence() {
    window.dispatchEvent(new MouseEvent("mousemove"));
}

/** Each key tells that somebody is there, as long as the component is shown. */
export function useKeyPresence() {
    useExternalListener(window, "keydown", reportPresence, { capture: true });
}
