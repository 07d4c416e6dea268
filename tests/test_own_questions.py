from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestOwnQuestions(StoreTransferCase):
    """What somebody was asked, and has filled in, is nobody else's.

    Goes over all transient models of ours, so that a new one can't be forgotten.
    """

    def get_questions(self):
        return [
            model
            for model in self.env.values()
            if model._original_module == "store_transfer" and model._transient
        ]

    def insert(self, model, user):
        """Insert a row as ``user`` would have, with whatever it is required to have.

        Past the steps: each of them wants a transfer in another state.
        """
        values = {"create_uid": user.id}
        for name, field in model._fields.items():
            if field.required and field.column_type:
                values[name] = self.get_required_value(field, user)
        columns = SQL(", ").join(SQL.identifier(name) for name in values)
        [[row_id]] = self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(model._table),
                columns,
                tuple(values.values()),
            )
        )
        return model.browse(row_id)

    def get_required_value(self, field, user):
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type == "float":
            return 1
        comodel = self.env[field.comodel_name]
        return (comodel.sudo().search([], limit=1) or self.insert(comodel, user)).id

    def test_there_are_questions(self):
        names = {model._name for model in self.get_questions()}
        self.assertGreater(len(names), 8)
        self.assertIn("store.transfer.overrule", names)

    def test_questions_are_read_and_deleted_by_their_own_reader_only(self):
        self.count(self.make_shipped_transfer(), {self.tea: 7})
        company = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=company)
        colleague = self._create_user("colleague", "group_head_office")
        for model in self.get_questions():
            question = self.insert(model, self.head_office)
            for operation in ("read", "write", "unlink"):
                with self.subTest(model._name, operation=operation):
                    own = question.with_user(self.head_office)
                    self.assertTrue(own.has_access(operation))
                    for user in (stranger, colleague):
                        with self.assertRaises(AccessError):
                            question.with_user(user).check_access(operation)
            for user in (stranger, colleague):
                self.assertFalse(model.with_user(user).search([]))
