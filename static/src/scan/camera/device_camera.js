import {
    BarcodeVideoScanner,
    isBarcodeScannerSupported,
} from "@web/core/barcode/barcode_video_scanner";

/** The component that reads with this device's camera; none where there is no camera. */
export function getDeviceCamera() {
    return isBarcodeScannerSupported() ? BarcodeVideoScanner : undefined;
}
