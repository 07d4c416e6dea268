def migrate(cr, version):
    """Let activities be shown by their type, in the language of whoever reads them."""
    cr.execute(
        """
        UPDATE mail_activity_type type
           SET summary = NULL
          FROM ir_model_data data
         WHERE data.model = 'mail.activity.type'
           AND data.module = 'store_transfer'
           AND data.res_id = type.id
        """
    )
    cr.execute(
        """
        UPDATE mail_activity activity
           SET summary = NULL
          FROM ir_model_data data
         WHERE data.model = 'mail.activity.type'
           AND data.module = 'store_transfer'
           AND data.res_id = activity.activity_type_id
           AND activity.automated
        """
    )
