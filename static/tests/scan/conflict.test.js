import { expect, test } from "@odoo/hoot";
import { tryOnceMore } from "@store_transfer/scan/queue/conflict";

/** Return a server that fails with ``errors`` first, and the calls it got. */
function makeServer(...errors) {
    const calls = [];
    const ask = async () => {
        calls.push("asked");
        const error = errors.shift();
        if (error) {
            throw error;
        }
        return "done";
    };
    return { ask, calls };
}

const CONFLICT = { data: { context: { store_transfer_conflict: true } } };

test("Where others were faster, it is tried once more", async () => {
    const { ask, calls } = makeServer(CONFLICT);
    expect(await tryOnceMore(ask)).toBe("done");
    expect(calls).toHaveLength(2);
});

test("It is tried once more only", async () => {
    const { ask, calls } = makeServer(CONFLICT, CONFLICT);
    await expect(tryOnceMore(ask)).rejects.toBe(CONFLICT);
    expect(calls).toHaveLength(2);
});

test("What is refused is not tried again", async () => {
    for (const error of [{ data: { message: "No" } }, new Error("offline")]) {
        const { ask, calls } = makeServer(error);
        await expect(tryOnceMore(ask)).rejects.toBe(error);
        expect(calls).toHaveLength(1);
    }
});
