"""What devices send, whatever is scanned on them."""

import uuid

from .common_transfers import StoreTransferCase


class DeviceCase(StoreTransferCase):
    def send(self, document, *events, **values):
        """Send events as a device does; return the results in the same order.

        :param document: a count, or a pick list
        """
        events = [{"uuid": str(uuid.uuid4()), **event, **values} for event in events]
        answer = document.record_scans(events)
        self.assertLedger(document.transfer_id)
        return [answer["results"][event["uuid"]] for event in events]

    def scan(self, document, *barcodes):
        return self.send(
            document, *[{"kind": "scan", "barcode": barcode} for barcode in barcodes]
        )
