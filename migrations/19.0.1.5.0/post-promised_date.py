"""The first promised date of what was submitted before it was kept.

Nobody could change the expected date then once it was submitted.
"""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE store_transfer
           SET promised_date = expected_date
         WHERE submit_date IS NOT NULL
           AND promised_date IS NULL
        """
    )
