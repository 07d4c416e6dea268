import { expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { CameraGate } from "@store_transfer/scan/camera/camera_gate";

test("what the camera holds in view counts once", async () => {
    const scans = [];
    const held = [];
    const gate = new CameraGate({
        identify: (code) => ({ TEA: "tea", "TEA-SKU": "tea", MUG: "mug" })[code],
        onScan: (code) => scans.push(code),
        onHeld: (code) => held.push(code),
    });
    const show = async (code, time) => {
        for (let passed = 0; passed < time; passed += 100) {
            gate.read(code);
            await advanceTime(100);
        }
    };
    await show("TEA", 1200);
    // Two codes on one label, and a hand that shakes.
    await show("TEA-SKU", 300);
    await advanceTime(1000);
    await show("TEA", 2000);
    expect(scans).toEqual(["TEA"]);
    expect(held).toEqual(["TEA"]);
    await show("MUG", 300);
    await advanceTime(1600);
    await show("TEA", 300);
    expect(scans).toEqual(["TEA", "MUG", "TEA"]);
    // One picture may be misread: what is not known is read twice.
    await show("T3A", 100);
    await advanceTime(2000);
    expect(scans).toHaveLength(3);
    await show("NEW", 300);
    expect(scans.at(-1)).toBe("NEW");
});
