import { user } from "@web/core/user";
import { session } from "@web/session";

/** The key of what is kept on this device for this till and this login alone. */
export function getTillKey(folder) {
    return `${folder}/${session.db}/${user.userId}/${odoo.pos_config_id}`;
}
